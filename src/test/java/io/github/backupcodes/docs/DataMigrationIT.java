package io.github.backupcodes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.ProcessRunner;
import io.github.backupcodes.support.SmsGateway;
import io.github.backupcodes.support.database.Postgres;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.HelpDeskCode;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.ServerBuilder;
import io.github.backupcodes.support.server.SharedCluster;
import io.github.backupcodes.support.server.SharedServer;
import io.github.backupcodes.support.server.TestProviders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * One server with two realms. The first realm is exported as {@code docs/upgrade.md} says, and imported into another server:
 * everything about codes comes along. Then the jar is removed, by the steps of {@code docs/removal.md}.
 */
@Order(3)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DataMigrationIT {

    private static final String LIMITS = "backup-codes.sending-limits";
    private static final DocPage EXPORT = new DocPage("upgrade.md");
    private static final DocPage REMOVAL = new DocPage("removal.md");

    /** Where the names may stay: what has happened, sessions, and the history of the schema. */
    private static final String LOGS =
            "'event_entity', 'admin_event_entity', 'databasechangelog', 'offline_user_session'";

    /** What users have left behind in the realm that is exported. */
    private record Left(
            String realm,
            Path bin,
            TestUser alice,
            List<String> codes,
            String temporary,
            TestUser bob,
            TestUser byMail,
            TestUser bySms,
            String salt) {}

    private static final TestRecoveryCodes RECOVERY_CODES = TestRecoveryCodes.now();

    /** Of both realms, on both servers. */
    @AutoClose
    private static final MailServer mails = MailServer.start();

    /** Of the realm that is exported. */
    @AutoClose
    private static final SmsGateway gateway = SmsGateway.start();

    private static final String NUMBER = SmsCodeRealm.number();

    @AutoClose
    private static final Postgres postgres = Postgres.start();

    private static final String DATABASE = postgres.createDatabase();

    private static Left left;
    private static String name;
    private static TestUser alice;
    private static TestUser bob;

    @BeforeAll
    static void prepare() {
        // the nodes of the cluster are built already, with the same providers
        KeycloakServer built = SharedCluster.get().nodes().get(1);
        try (KeycloakServer with =
                server().provider(TestProviders.jar()).copying(built).start()) {
            left = prepareExport(with);
            TestRealm realm = TestRealm.on(with)
                    .withoutBackupCodes()
                    .with("smtpServer", mails.smtp())
                    .create();
            name = realm.name();
            alice = realm.user("alice").otp().codes(TestCodeSet.of(3)).create();
            bob = prepareRemoval(realm);
        }
    }

    @Test
    @Order(1)
    void codesUsesTracesAndSettingsComeAlong(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("demo.json");
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", left.bin() + ":" + System.getenv("PATH"));
        for (String option : postgres.options(DATABASE)) {
            String[] parts = option.substring(2).split("=", 2);
            environment.put("KC_" + parts[0].toUpperCase(Locale.ROOT).replace('-', '_'), parts[1]);
        }
        ProcessRunner.run(
                List.of(
                        "bash",
                        "-euo",
                        "pipefail",
                        "-c",
                        EXPORT.block("export")
                                .replace("demo.json", file.toString())
                                .replace("--realm demo", "--realm " + left.realm())),
                environment,
                "");
        assertThat(Files.readString(file)).doesNotContain(left.codes()).doesNotContain(left.temporary());

        KeycloakServer into = SharedServer.get();
        into.admin().post("/realms", withoutKeys(Json.read(Files.readString(file))));
        try (TestRealm realm = TestRealm.of(into, into.admin().realm(left.realm()))) {
            JsonNode config = realm.admin().requiredActionConfig(BackupCodesNames.ACTION);
            assertThat(config.path("code-count").asText()).isEqualTo("5");
            assertThat(config.path("expires-after-days").asText()).isEqualTo("100");
            comesOut(realm, left.alice(), left.codes().get(1), "backup_code_already_used");
            comesOut(realm, left.alice(), left.codes().get(0), "");
            comesOut(realm, left.alice(), left.codes().get(0), "backup_code_already_used");
            comesOut(realm, left.alice(), left.temporary(), "");
            comesOut(realm, left.bob(), RECOVERY_CODES.code(4), "backup_code_already_used");
            comesOut(realm, left.bob(), RECOVERY_CODES.code(7), "");
            codesByEmailWorkAndTheirLimitsHold(new EmailCodeRealm(realm, mails));
            codesByTextMessageWorkAndTheirLimitsHold(new SmsCodeRealm(realm, gateway, mails));
        }
    }

    /** The keys of a realm may be replaced on the way: Keycloak makes others. */
    private static JsonNode withoutKeys(JsonNode realm) {
        ((ObjectNode) realm.path("components")).remove("org.keycloak.keys.KeyProvider");
        return realm;
    }

    private static void codesByEmailWorkAndTheirLimitsHold(EmailCodeRealm realm) {
        assertThat(realm.realm()
                        .admin()
                        .representation()
                        .path("attributes")
                        .path(LIMITS)
                        .asText())
                .isEqualTo(left.salt());
        TestUser user = new TestUser(
                left.byMail().username(),
                left.byMail().password(),
                null,
                realm.realm().admin().userNamed(left.byMail().username()));
        assertThat(user.admin()
                        .credentialData(EmailCodeRealm.TYPE)
                        .at("/guesses/inAll")
                        .asInt())
                .isEqualTo(2);
        LoginClient client = realm.open(user);
        EmailCodeRealm.enter(client, realm.awaitCode(user, 2)).assertSignedIn();
        // one an hour, as the settings say
        client = realm.realm().signIn(user);
        client.assertNotSignedIn();
        assertThat(client.page().text("#verification-code")).contains(Messages.of("verificationCodeErrorLimit"));
    }

    private static void codesByTextMessageWorkAndTheirLimitsHold(SmsCodeRealm realm) {
        TestUser user = new TestUser(
                left.bySms().username(),
                left.bySms().password(),
                null,
                realm.realm().admin().userNamed(left.bySms().username()));
        assertThat(SmsCodeRealm.storedNumber(realm.realm().admin(), user)).isEqualTo(NUMBER);
        assertThat(user.admin()
                        .credentialData(SmsCodeRealm.TYPE)
                        .at("/guesses/inAll")
                        .asInt())
                .isEqualTo(2);
        LoginClient client = realm.open(user);
        SmsCodeRealm.enter(client, realm.awaitCode(NUMBER, 2)).assertSignedIn();
        client = realm.realm().signIn(user);
        client.assertNotSignedIn();
        assertThat(client.page().text("#verification-code")).contains(Messages.of("verificationCodeErrorLimit"));
        assertThat(realm.messages(NUMBER)).hasSize(2);
    }

    @Test
    @Order(2)
    void keycloakWorksWithoutItAndNothingRemains() throws SQLException, IOException, InterruptedException {
        try (Connection connection = postgres.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            addRole(connection, bob);
            statement.execute("update realm set browser_flow = null where name = 'master'");
            assertThat(statement.executeUpdate(REMOVAL.block("master").replace(";", "")))
                    .isEqualTo(1);
            assertThat(boundToMaster(statement)).isEqualTo("browser");
            assertThat(namedAsMailAlone(statement))
                    .containsExactlyInAnyOrder("mail-alone", "dora", "sms-alone", "edith");
        }
        try (KeycloakServer without = server().keepingData().withoutExtension().start()) {
            without.admin().realm(left.realm()).delete();
            TestRealm realm = TestRealm.of(without, without.admin().realm(name));
            for (String username : List.of("alice", "plain")) {
                LoginClient client = realm.newBrowser();
                client.signIn(username, alice.password());
                assertThat(client.page().status())
                        .as("a flow that still names it: %s", client.page())
                        .isEqualTo(400);
            }
            KcadmScript kcadm = new KcadmScript(without, name, new DocPage("setup.md"));
            kcadm.run(REMOVAL.block("flows"));
            assertThat(kcadm.run(REMOVAL.block("check"))).isBlank();
            for (String bound :
                    List.of("browserFlow", "directGrantFlow", "resetCredentialsFlow", "firstBrokerLoginFlow")) {
                assertThat(realm.admin().representation().path(bound).asText())
                        .isNotEmpty()
                        .doesNotContain("backup codes");
            }
            signsIn(realm, alice);
            for (String warnedOf : List.of("mail-alone", "sms-alone")) {
                LoginClient passes = realm.newBrowser();
                passes.signIn(warnedOf, alice.password());
                passes.assertSignedIn();
            }
            kcadm.run(REMOVAL.block("actions"));
            for (TestUser user : List.of(alice, bob)) {
                signsIn(realm, user);
            }
        }
        try (Connection connection = postgres.connect(DATABASE)) {
            assertThat(remains(connection)).isNotEmpty();
            try (Statement statement = connection.createStatement()) {
                for (String sql : REMOVAL.block("rows").split("\n", -1)) {
                    statement.execute(sql);
                }
            }
            assertThat(remains(connection)).isEmpty();
        }
    }

    /** In the mode for production, in which the export runs, too: it need not build Keycloak again. */
    private static ServerBuilder server() {
        return KeycloakServer.named("migration")
                .mode("start")
                .options("--http-enabled=true", "--hostname-strict=false", "--cache=ispn")
                // where the gateway is
                .options("--spi-sms-sender--http--allowed-hosts=127.0.0.1")
                .javaOptions("-Djgroups.bind.address=127.0.0.1", "-Djgroups.bind_addr=127.0.0.1")
                .database(postgres.options(DATABASE));
    }

    private static Left prepareExport(KeycloakServer from) {
        TestRealm realm = TestRealm.on(from)
                .policy("code-count", "5")
                .policy("expires-after-days", "100")
                .with("smtpServer", mails.smtp())
                .create();
        HelpDeskCode.prepare(realm);
        EmailCodeRealm byMail = new EmailCodeRealm(realm, mails);
        TestUser dora = guessing(byMail);
        TestUser edith = guessing(new SmsCodeRealm(realm, gateway, mails));
        TestUser alice = realm.user("alice").otp().create();
        List<String> codes = realm.generateCodes(alice);
        assertThat(realm.signInWith(alice, codes.get(1)).isSignedIn()).isTrue();
        TestUser bob =
                realm.user("bob").otp().credential(RECOVERY_CODES.credential()).create();
        assertThat(realm.signInWith(bob, RECOVERY_CODES.code(4)).isSignedIn()).isTrue();

        JsonNode partial =
                realm.admin().postForAnswer("/partial-export?exportClients=true&exportGroupsAndRoles=true", Map.of());
        assertThat(partial.has("users")).as("a partial export has no users").isFalse();
        assertThat(config(partial).path("code-count").asText()).isEqualTo("5");
        return new Left(
                realm.name(),
                from.home().resolve("bin"),
                alice,
                codes,
                HelpDeskCode.issue(realm, alice),
                bob,
                dora,
                edith,
                realm.admin().representation().path("attributes").path(LIMITS).asText());
    }

    /** A user with codes by e-mail alone, who has entered two wrong ones. */
    private static TestUser guessing(EmailCodeRealm realm) {
        assertThat(realm.realm()
                        .admin()
                        .postForAnswer("/backup-codes/setup", Map.of("emailCode", true))
                        .path("byHand"))
                .isEmpty();
        realm.realm().admin().configureRequiredAction(EmailCodeRealm.ACTION, Map.of("sign-in-hour", "1"));
        TestUser dora = realm.user("dora").create();
        LoginClient client = realm.open(dora);
        String wrong = EmailCodeRealm.otherThan(realm.awaitCode(dora, 1));
        EmailCodeRealm.enter(client, wrong);
        EmailCodeRealm.enter(client, wrong).assertNotSignedIn();
        return dora;
    }

    /** A user with codes by text message alone, who has entered two wrong ones. */
    private static TestUser guessing(SmsCodeRealm realm) {
        assertThat(realm.realm()
                        .admin()
                        .postForAnswer("/backup-codes/setup", Map.of("smsCode", true))
                        .path("byHand"))
                .isEmpty();
        realm.configure(Map.of("sign-in-hour", "1"));
        TestUser edith = realm.user("edith", NUMBER).create();
        LoginClient client = realm.open(edith);
        String wrong = EmailCodeRealm.otherThan(realm.awaitCode(NUMBER, 1));
        SmsCodeRealm.enter(client, wrong);
        SmsCodeRealm.enter(client, wrong).assertNotSignedIn();
        return edith;
    }

    private static void comesOut(TestRealm realm, TestUser user, String code, String reason) {
        LoginClient client = realm.enterCode(user, code);
        if (reason.isEmpty()) {
            assertThat(client.page().status() == 200 && client.page().error().isEmpty())
                    .as("%s", client.page())
                    .isTrue();
        } else {
            assertThat(Event.detail(realm.admin().events("LOGIN_ERROR").get(0), "reason"))
                    .isEqualTo(reason);
        }
    }

    private static JsonNode config(JsonNode realm) {
        for (JsonNode action : realm.path("requiredActions")) {
            if (action.path("alias").asText().equals(BackupCodesNames.ACTION)) {
                return action.path("config");
            }
        }
        return realm.path("none");
    }

    /** The role of the help desk, as part of others and given to someone. Keycloak's admin REST lets no one make it. */
    private static void addRole(Connection connection, TestUser user) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into keycloak_role (id, client_realm_constraint, client_role, name, realm_id, client)"
                            + " select 'r' || substr(id, 2), client_realm_constraint, client_role, 'manage-backup-codes', realm_id,"
                            + " client from keycloak_role where name = 'view-users' on conflict do nothing");
            statement.execute("insert into composite_role (composite, child_role) select c.composite, r.id from"
                    + " composite_role c join keycloak_role v on v.id = c.child_role and v.name = 'view-users'"
                    + " join keycloak_role r on r.client = v.client and r.name = 'manage-backup-codes'"
                    + " on conflict do nothing");
            statement.execute("insert into user_role_mapping (role_id, user_id) select id, '" + user.id()
                    + "' from keycloak_role where name = 'manage-backup-codes'");
        }
    }

    /** What else the extension leaves behind: sets, traces, an action to be done. */
    private static TestUser prepareRemoval(TestRealm realm) {
        RealmAdmin admin = realm.admin();
        assertThat(admin.postForAnswer(
                                "/backup-codes/setup", Map.of("resetFlow", true, "emailCode", true, "smsCode", true))
                        .path("byHand"))
                .extracting(JsonNode::asText)
                .allMatch(text -> text.contains("published vulnerability"));
        assertThat(new KcadmScript(realm.server(), realm.name(), new DocPage("setup.md")).run(REMOVAL.block("check")))
                .contains("browser%20with%20backup%20codes: backup-code-form")
                .contains("browser%20with%20backup%20codes: email-code-form")
                .contains("browser%20with%20backup%20codes: sms-code-form")
                .contains("direct%20grant%20with%20backup%20codes: direct-grant-backup-code");
        TestUser bob = realm.user("bob")
                .otp()
                .credential(TestRecoveryCodes.now().credential())
                .mustGenerateCodes()
                .create();
        EmailCodeRealm byMail = new EmailCodeRealm(realm, mails);
        TestUser mailAlone = byMail.user("mail-alone").create();
        LoginClient code = byMail.open(mailAlone);
        EmailCodeRealm.enter(code, byMail.awaitCode(mailAlone, 1)).notNow();
        code.assertSignedIn();
        realm.user("mail-and-app")
                .emailCode()
                .otp()
                .requiredAction(SmsCodeRealm.ACTION)
                .create();
        realm.user("sms-alone").smsCode(SmsCodeRealm.number()).create();
        TestUser plain = realm.user("plain").mustSetUpVerification().create();
        admin.configureRequiredAction(BackupCodesNames.VERIFICATION, Map.of("grace-days", "10"));
        LoginClient later = realm.signIn(plain);
        later.submit("#login-verification-form", Map.of("skip", "true"));
        later.assertSignedIn();
        realm.signInWith(bob, TestRecoveryCodes.wrong());
        assertThat(bob.admin().credentials("backup-codes-recovery")).hasSize(1);
        return bob;
    }

    private static void signsIn(TestRealm realm, TestUser user) throws IOException, InterruptedException {
        LoginClient client = realm.signInWithApp(user);
        client.assertSignedIn();
        HttpRequest request = HttpRequest.newBuilder(URI.create(realm.url() + "/account/credentials"))
                .header(
                        "Authorization",
                        "Bearer " + client.tokens().path("access_token").asText())
                .header("Accept", "application/json")
                .build();
        HttpResponse<String> console = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(console.statusCode()).isEqualTo(200);
        assertThat(Json.read(console.body()).findValuesAsText("type"))
                .contains("password", "otp")
                .doesNotContain(BackupCodesNames.CREDENTIAL);
    }

    private static List<String> namedAsMailAlone(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        for (String sql : REMOVAL.block("e-mail alone").split("\n", -1)) {
            try (ResultSet users = statement.executeQuery(sql.replace(";", ""))) {
                while (users.next()) {
                    names.add(users.getString(2));
                }
            }
        }
        return names;
    }

    private static String boundToMaster(Statement statement) throws SQLException {
        try (ResultSet flow = statement.executeQuery(
                "select alias from authentication_flow f join realm r on r.browser_flow = f.id where r.name = 'master'")) {
            return flow.next() ? flow.getString(1) : "none";
        }
    }

    /** The columns of text, wherever they are, that name something of the extension. */
    private static List<String> remains(Connection connection) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("select table_name, column_name from information_schema.columns"
                                + " where table_schema = 'public' and data_type in ('character varying', 'text')"
                                + " and table_name not in (" + LOGS + ")")) {
            while (found.next()) {
                columns.add(found.getString(1) + "." + found.getString(2));
            }
        }
        List<String> remains = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (String column : columns) {
                String[] names = column.split("\\.", 2);
                try (ResultSet count = statement.executeQuery(
                        "select count(*) from \"%s\" where \"%s\" ~* '((backup|login)[-_ ]?(codes?|verification)|(email|sms)[-_]code)'"
                                .formatted(names[0], names[1]))) {
                    count.next();
                    if (count.getInt(1) > 0) {
                        remains.add(column);
                    }
                }
            }
        }
        return remains;
    }
}
