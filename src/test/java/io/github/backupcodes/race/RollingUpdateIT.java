package io.github.backupcodes.race;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.database.Postgres;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.Cluster;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.ServerBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Two nodes over PostgreSQL with an older build of the extension ({@code -Dold.jar=<its jar>}) get this one, one node after the
 * other, then one of them the older again, while sign-ins with codes go on, every second code at two sessions at once. A
 * node is taken out of the load before it is stopped, as any load balancer does. Nothing fails, and no code lets two in. The
 * table is in {@code target/rolling-update.md}.
 */
@Isolated
@EnabledIfSystemProperty(named = "old.jar", matches = ".+")
class RollingUpdateIT {

    private static final RaceTable TABLE = new RaceTable(
            "rolling-update.md",
            "Step",
            "Codes tried",
            "Accepted",
            "Accepted twice",
            "Unused, valid afterwards",
            "Refused as used",
            "Failures",
            "Longest code step (s)");

    private static final int USERS = 48;

    /** For each user as many as a set may have; of all of them more than are used up while a node starts. */
    private static final int CODES = 50;

    private static final int ANSWERS = 20;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void nobodyNoticesAndNoCodeWorksTwice() {
        Path old = Path.of(System.getProperty("old.jar", "")).toAbsolutePath();
        Path present = BuildFiles.extension();
        try (Cluster cluster = Cluster.named("rolling").extension(old).start();
                RaceUsers users = new LocalRaceUsers(cluster.nodes().get(0))) {
            step(cluster, users, "old and old: the first gets the new one", 0, present);
            step(cluster, users, "new and old: the second gets the new one", 1, present);
            step(cluster, users, "new and new: the first gets the old one back", 0, old);
            step(cluster, users, "old and new: the first gets the new one again", 0, present);
        }
    }

    /**
     * An older version that does not know codes by e-mail. Where a flow has them, Keycloak lets nobody in; after the steps of
     * {@code docs/removal.md} everybody gets in without them, and with the newer jar they are as they were.
     */
    @Test
    void codesByEmailOutliveADowngradeByTheDocument() throws IOException, InterruptedException {
        Path old = Path.of(System.getProperty("old.jar", "")).toAbsolutePath();
        try (JarFile jar = new JarFile(old.toFile())) {
            Assumptions.assumeTrue(
                    jar.getEntry("io/github/backupcodes/emailcode/") == null, "the older jar knows codes by e-mail");
        }
        try (Postgres postgres = Postgres.start();
                MailServer mails = MailServer.start()) {
            ServerBuilder server =
                    KeycloakServer.named("downgrade").database(postgres.options(postgres.createDatabase()));
            String name;
            TestUser alone;
            TestUser withApp;
            List<JsonNode> before;
            try (KeycloakServer current = server.start()) {
                TestRealm made =
                        TestRealm.on(current).with("smtpServer", mails.smtp()).create();
                name = made.name();
                EmailCodeRealm realm = new EmailCodeRealm(made, mails);
                accept(realm);
                alone = realm.user("alone").create();
                withApp = realm.user("with-app").otp().create();
                EmailCodeRealm.enter(realm.open(alone), realm.awaitCode(alone, 1))
                        .assertSignedIn();
                before = credentials(realm, alone);
            }
            try (KeycloakServer older = server.keepingData().extension(old).start()) {
                assertThat(on(older, name, mails).realm().signIn(alone).page().status())
                        .isEqualTo(400);
            }
            try (KeycloakServer current =
                    server.keepingData().extension(BuildFiles.extension()).start()) {
                EmailCodeRealm realm = on(current, name, mails);
                RealmAdmin admin = realm.realm().admin();
                admin.delete("/authentication/executions/" + realm.execution());
                admin.delete("/authentication/required-actions/" + EmailCodeRealm.ACTION);
            }
            try (KeycloakServer older = server.keepingData().extension(old).start()) {
                EmailCodeRealm realm = on(older, name, mails);
                long mark = older.log().mark();
                realm.realm().signInWithApp(withApp).assertSignedIn();
                LoginClient client = realm.realm().signIn(alone);
                client.assertSignedIn("as the document warns");
                assertThat(console(realm, client.tokens().path("access_token").asText()))
                        .isEqualTo(200);
                assertThat(credentials(realm, alone)).isEqualTo(before);
                assertThat(older.log().since(mark)).doesNotContain("ERROR", "Exception");
            }
            try (KeycloakServer current =
                    server.keepingData().extension(BuildFiles.extension()).start()) {
                EmailCodeRealm realm = on(current, name, mails);
                accept(realm);
                assertThat(credentials(realm, alone)).isEqualTo(before);
                EmailCodeRealm.enter(realm.open(alone), realm.awaitCode(alone, 2))
                        .assertSignedIn();
            }
        }
    }

    private static EmailCodeRealm on(KeycloakServer server, String name, MailServer mails) {
        return new EmailCodeRealm(TestRealm.of(server, server.admin().realm(name)), mails);
    }

    private static void accept(EmailCodeRealm realm) {
        realm.realm().admin().registerRequiredAction(EmailCodeRealm.ACTION);
        realm.realm().admin().addExecution(TestRealm.SECOND_FACTOR_FLOW, EmailCodeRealm.AUTHENTICATOR, "ALTERNATIVE");
    }

    private static List<JsonNode> credentials(EmailCodeRealm realm, TestUser user) {
        return realm.realm().admin().userNamed(user.username()).credentials(EmailCodeRealm.TYPE);
    }

    private static int console(EmailCodeRealm realm, String token) throws IOException, InterruptedException {
        return LoginClient.connections()
                .send(
                        HttpRequest.newBuilder(URI.create(realm.realm().url() + "/account/credentials"))
                                .header("Authorization", "Bearer " + token)
                                .header("Accept", "application/json")
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /**
     * The first node takes the sets into its database before it is replaced, both write them. The load goes on before, during
     * and after; then each code is tried once more, at both nodes in turn.
     */
    private static void step(Cluster cluster, RaceUsers users, String what, int number, Path jar) {
        CodeLedger codeLedger = new CodeLedger(
                IntStream.range(0, USERS)
                        .mapToObj(user -> users.member(CODES, true))
                        .toList(),
                CODES);
        List<KeycloakServer> live = new CopyOnWriteArrayList<>(cluster.nodes());
        try (SignInLoad signIns = new SignInLoad(users, live, codeLedger)) {
            signIns.start();
            someAnswers(codeLedger);
            signIns.drain(cluster.nodes().get(number));
            live.add(cluster.update(number, jar));
            someAnswers(codeLedger);
            signIns.stop();
        }
        CodeAudit audit = new CodeAudit(users, cluster.nodes(), cluster.postgres(), cluster.database());
        audit.check(codeLedger.tried());
        long failures = codeLedger.serverErrors() + codeLedger.otherErrors();
        TABLE.add(List.of(
                what,
                codeLedger.tried().size(),
                audit.granted(),
                audit.twice(),
                audit.stillGood(),
                codeLedger
                        .outcomes()
                        .filter(outcome -> outcome.refusedWith(RefusalMessage.USED))
                        .count(),
                failures,
                Math.round(codeLedger.longest().toMillis() / 100.0) / 10.0));
        assertThat(codeLedger.errors()).isEmpty();
        assertThat(failures).isZero();
        assertThat(audit.faults()).isEmpty();
        assertThat(audit.granted()).isPositive();
    }

    private static void someAnswers(CodeLedger codeLedger) {
        int enough = codeLedger.answers() + ANSWERS;
        Awaitility.await("answers").atMost(LIMIT).until(() -> codeLedger.answers() >= enough);
    }
}
