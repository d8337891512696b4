package io.github.backupcodes.sms;

import static io.github.backupcodes.sms.SmsCodeRealm.FORM;
import static io.github.backupcodes.sms.SmsCodeRealm.enter;
import static io.github.backupcodes.sms.SmsCodeRealm.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.SmsGateway;
import io.github.backupcodes.support.Unchecked;
import io.github.backupcodes.support.database.Postgres;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.KeycloakServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A server in production mode whose gateway hangs, is down or is not allowed. Its pool has fewer database connections than the gateway
 * has threads, and all it stores is in the database: a sending that held a connection would stop everything.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmsCodeLoadIT {

    private static final int CONNECTIONS = 4;
    /** At once; a hundred with {@code -Drace.rounds}. */
    private static final int SIGN_INS = Integer.getInteger("race.rounds", 0) == 0 ? 40 : 100;

    /** At the flood; 200 users and 10,000 requests with {@code -Drace.rounds}. */
    private static final int ATTACKERS = Integer.getInteger("race.rounds", 0) == 0 ? 20 : 200;

    private static final int FLOOD_ROUNDS = Integer.getInteger("race.rounds", 0) == 0 ? 5 : 50;
    private static final int FLOOD_THREADS = 16;

    /** Sends that the gateway may keep waiting at once: a realm's sign-ins have that many threads. */
    private static final int THREADS = 8;

    private Postgres postgres;
    private String database;
    private KeycloakServer server;

    @BeforeAll
    void start() {
        BuildFiles.onKeycloakSince("26.7", "the single-use objects are in Infinispan");
        postgres = Postgres.start();
        database = postgres.createDatabase();
        server = KeycloakServer.named("sms-load")
                .mode("start")
                .database(postgres.options(database))
                .options(
                        "--features=stateless",
                        "--cache=ispn",
                        "--http-enabled=true",
                        "--hostname-strict=false",
                        "--db-pool-max-size=" + CONNECTIONS,
                        "--spi-sms-sender--http--allowed-hosts=127.0.0.1")
                .javaOptions("-Djgroups.bind.address=127.0.0.1", "-Djgroups.bind_addr=127.0.0.1")
                .start();
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
            postgres.close();
        }
    }

    @Test
    void aGatewayThatHangsHoldsNoConnectionAndDelaysNoPage() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (SmsCodeRealm realm = SmsCodeRealm.create(server, Map.of());
                Connection observer = postgres.connect("postgres")) {
            List<String> numbers =
                    Stream.generate(SmsCodeRealm::number).limit(SIGN_INS).toList();
            List<TestUser> users = IntStream.range(0, SIGN_INS)
                    .mapToObj(user ->
                            realm.user("many-" + user, numbers.get(user)).create())
                    .toList();
            TestUser bystander = realm.realm().user("bystander").otp().create();
            realm.gateway().hang(true);
            List<LoginClient> pages = Unchecked.await(users.stream()
                    .map(user -> threads.submit(() -> realm.realm().signIn(user)))
                    .toList());
            assertThat(pages).allMatch(page -> page.page().has(FORM));
            Awaitility.await("as many as there are threads").until(() -> sent(realm) >= THREADS);

            assertThat(longTransactions(observer)).isZero();
            LoginClient other = realm.realm().signIn(bystander);
            other.otp(bystander.totp().now());
            other.assertSignedIn();
            assertThat(sent(realm)).as("the others wait in the queue").isLessThan(SIGN_INS);

            realm.gateway().hang(false);
            Awaitility.await("the messages that waited")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> sent(realm) == SIGN_INS);
            int last = SIGN_INS - 1;
            enter(pages.get(last), realm.awaitCode(numbers.get(last), 1)).assertSignedIn();
            assertThat(server.log().since(0)).doesNotContain("acquisition timeout");
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * Users who change their number again and again, some of them to the number of somebody else, which signs in meanwhile. It sends as
     * many messages as the limit of the calling code allows, and prints what became of the requests; ten thousand with {@code
     * -Drace.rounds}.
     */
    @Test
    void aFloodSendsNoMoreThanTheLimitsAndUsesUpNoSignIn() throws Exception {
        int limit = 20;
        ExecutorService threads = Executors.newFixedThreadPool(FLOOD_THREADS);
        try (SmsCodeRealm realm = SmsCodeRealm.create(
                server, Map.of("per-calling-code-day", String.valueOf(limit), "per-address-hour", "0"))) {
            String ownersNumber = number();
            TestUser owner = realm.user("owner", ownersNumber).create();
            List<LoginClient> attackers = IntStream.range(0, ATTACKERS)
                    .mapToObj(user -> realm.openSetup(
                            realm.realm().user("attacker-" + user).create()))
                    .toList();
            AtomicInteger requests = new AtomicInteger();
            Instant start = Instant.now();
            List<Future<Void>> floods = attackers.stream()
                    .map(attacker -> threads.submit(() -> flood(attacker, ownersNumber, requests)))
                    .toList();
            Awaitility.await("the flood has begun").until(() -> requests.get() > ATTACKERS);
            LoginClient signingIn = realm.open(owner);
            Awaitility.await("the code of the owner")
                    .until(() -> codeOfSignIn(realm, ownersNumber).isPresent());
            enter(signingIn, codeOfSignIn(realm, ownersNumber).orElseThrow()).assertSignedIn();
            Unchecked.await(floods);

            long sent = realm.gateway().messages().stream()
                    .filter(message -> !isForSignIn(message))
                    .map(SmsGateway.Sms::id)
                    .distinct()
                    .count();
            long toOwner = realm.messages(ownersNumber).stream()
                    .filter(message -> !isForSignIn(message))
                    .count();
            System.out.printf(
                    "flood: %d requests of %d users in %d s, %d messages sent of %d allowed, %d of them to one number%n",
                    requests.get(),
                    ATTACKERS,
                    Duration.between(start, Instant.now()).toSeconds(),
                    sent,
                    limit,
                    toOwner);
            assertThat(sent).isEqualTo(limit);
            assertThat(toOwner).isLessThanOrEqualTo(2);
            realm.open(realm.user("late", number()).create());
            assertThat(server.log().since(0)).doesNotContain("acquisition timeout");
        } finally {
            threads.shutdownNow();
        }
    }

    private static @Nullable Void flood(LoginClient attacker, String ownersNumber, AtomicInteger requests) {
        for (int round = 0; round < FLOOD_ROUNDS; round++) {
            SmsCodeRealm.send(attacker, "DE", round % 5 == 0 ? ownersNumber : number());
            requests.incrementAndGet();
            if (attacker.page().has("#changeNumber")) {
                attacker.submit("form:has(#changeNumber)", Map.of("change", "true"));
                requests.incrementAndGet();
            }
        }
        return null;
    }

    private static Optional<String> codeOfSignIn(SmsCodeRealm realm, String number) {
        return realm.messages(number).stream()
                .filter(SmsCodeLoadIT::isForSignIn)
                .map(SmsGateway.Sms::code)
                .findFirst();
    }

    private static boolean isForSignIn(SmsGateway.Sms message) {
        String setup = Messages.of("smsCodeTextSetup").replace("{0}", message.code());
        return !message.text().startsWith(setup.substring(0, setup.indexOf("{1}")));
    }

    /** Messages that have come; a second try has the id of the first. */
    private static long sent(SmsCodeRealm realm) {
        return realm.gateway().messages().stream()
                .map(SmsGateway.Sms::id)
                .distinct()
                .count();
    }

    /** Connections whose transaction has been open for so long that it must wait for a gateway: that has at least five seconds. */
    private int longTransactions(Connection observer) throws SQLException {
        int most = 0;
        for (int look = 0; look < 20; look++) {
            Unchecked.run(() -> Thread.sleep(250));
            try (Statement statement = observer.createStatement();
                    ResultSet open = statement.executeQuery(
                            "select count(*) from pg_stat_activity where datname = '"
                                    + database
                                    + "' and state like 'idle in transaction%' and now() - xact_start > interval '3 seconds'")) {
                open.next();
                most = Math.max(most, open.getInt(1));
            }
        }
        return most;
    }

    /** A gateway that is back is used at once. */
    @Test
    void aGatewayThatIsUpAgainIsUsedWithoutARestart() {
        try (SmsCodeRealm realm = SmsCodeRealm.create(server, Map.of())) {
            String number = number();
            TestUser user = realm.user("patient", number).create();
            realm.gateway().down();
            LoginClient client = realm.open(user);
            Awaitility.await().until(() -> {
                EmailCodeRealm.reload(client);
                return client.page().text("#verification-code").contains(Messages.of("verificationCodeErrorNotSent"));
            });
            realm.gateway().up();
            EmailCodeRealm.again(client);
            enter(client, realm.awaitCode(number, 1)).assertSignedIn();
            assertThat(realm.messages(number)).hasSize(1);
        }
    }

    /** The sender that writes codes to the log is for development. */
    @Test
    void theSenderOfTheDemoSendsNothingInProduction() {
        try (SmsCodeRealm realm = SmsCodeRealm.create(server, Map.of("sender", "log"))) {
            String number = number();
            TestUser user = realm.user("logged", number).create();
            long mark = server.log().mark();
            LoginClient client = realm.realm().signIn(user);
            assertThat(client.page().text("#verification-code"))
                    .contains(Messages.of("verificationCodeErrorCannotSend"));
            client.assertNotSignedIn();
            assertThat(server.log().since(mark)).contains("development mode").doesNotContain("Text message to", number);
        }
    }
}
