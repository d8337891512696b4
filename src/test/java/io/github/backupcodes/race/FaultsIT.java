package io.github.backupcodes.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.race.server.RowLockResourceFactory;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.database.Postgres;
import io.github.backupcodes.support.realm.AdminClient;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.server.Cluster;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.SharedCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Sign-ins with codes go on at two nodes over PostgreSQL while something breaks. Afterwards no code has let two in, none that
 * let one in is good any more, and none is lost without a record of its use. The table is in {@code target/faults.md};
 * {@code -Dfault.seconds=20} lets the load go on for so long before and after each fault.
 */
@Order(2)
@ResourceLock(SharedCluster.LOCK)
class FaultsIT {

    private static final RaceTable TABLE = new RaceTable(
            "faults.md",
            "Fault",
            "Codes tried",
            "Accepted",
            "Accepted twice",
            "Accepted, not stored as used",
            "Used but not accepted, recorded",
            "Unused, valid afterwards",
            "Refused",
            "Asked to try again",
            "5xx",
            "No or other response",
            "Longest code step (s)",
            "Recovered after (s)");

    /** Each for two codes at a time at most, and somewhat more. */
    private static final int CONNECTIONS = SharedCluster.CONNECTIONS;

    private static final int USERS = 6;

    /** Of a user. */
    private static final int CODES = 50;

    private static final int ANSWERS = 6;

    /** Codes that are sent just when the fault begins, by half as many sessions more. */
    private static final int GATHERED = 4;

    /** How long the database hangs, and how long the connections are taken. */
    private static final Duration HANG = Duration.ofSeconds(10);

    /** Longer than the five seconds that a request waits for a row. */
    private static final Duration ROW_HELD = Duration.ofSeconds(10);

    /** Five seconds for the row, the rest for the page on a busy machine. */
    private static final Duration BOUND = Duration.ofSeconds(8);

    private static final Duration RECOVERY = Duration.ofSeconds(40);

    private static @Nullable RaceUsers users;

    private final ExecutorService beside = Executors.newCachedThreadPool();

    @BeforeAll
    static void start() {
        users = new LocalRaceUsers(nodes().get(0));
    }

    @AfterAll
    static void stop() {
        if (users != null) {
            users.close();
        }
    }

    @Test
    void aNodeIsKilled() {
        CodeLedger codeLedger = ledger();
        try (SignInLoad signIns = load(codeLedger)) {
            signIns.start();
            someAnswers(codeLedger);
            KeycloakServer survivor = nodes().get(1);
            signIns.gather(GATHERED);
            signIns.release();
            nodes().get(0).kill();
            double recovered = recovered(codeLedger, List.of(survivor));
            someAnswers(codeLedger);
            cluster().startAgain(0);
            recovered(codeLedger, nodes());
            codeLedger.recovered();
            someAnswers(codeLedger);
            signIns.stop();
            conclude("a node is killed (kill -9), and started again", codeLedger, recovered);
            assertThat(codeLedger.otherErrors())
                    .as("sign-ins met the killed node")
                    .isPositive();
        }
    }

    @Test
    void thePostgresCrashes() {
        CodeLedger codeLedger = ledger();
        try (SignInLoad signIns = load(codeLedger)) {
            signIns.start();
            someAnswers(codeLedger);
            signIns.gather(GATHERED);
            signIns.release();
            cluster().postgres().crashAndRestart();
            double recovered = recovered(codeLedger, nodes());
            codeLedger.recovered();
            someAnswers(codeLedger);
            signIns.stop();
            conclude("PostgreSQL crashes and is started again", codeLedger, recovered);
            assertThat(codeLedger.serverErrors()).as("sign-ins met the crash").isPositive();
        }
    }

    @Test
    void theDatabaseHangs() {
        CodeLedger codeLedger = ledger();
        try (SignInLoad signIns = load(codeLedger)) {
            signIns.start();
            someAnswers(codeLedger);
            signIns.gather(GATHERED);
            try (Postgres.Hang hang = cluster().postgres().hang()) {
                assertThat(hang).isNotNull();
                signIns.release();
                letPass(HANG);
            }
            double recovered = recovered(codeLedger, nodes());
            codeLedger.recovered();
            someAnswers(codeLedger);
            signIns.stop();
            conclude("the database hangs for 10 s", codeLedger, recovered);
            assertThat(codeLedger.longest()).as("sign-ins met the hang").isGreaterThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void allConnectionsAreTaken() throws Exception {
        CodeLedger codeLedger = ledger();
        try (SignInLoad signIns = load(codeLedger)) {
            signIns.start();
            someAnswers(codeLedger);
            signIns.gather(GATHERED);
            List<Future<HttpResponse<String>>> holders = new ArrayList<>();
            for (KeycloakServer node : nodes()) {
                // with a token of each beforehand
                AdminClient admin = node.admin();
                admin.get("/realms/master");
                for (int connection = 0; connection < CONNECTIONS; connection++) {
                    String row = "/realms/master/" + RowLockResourceFactory.ID + "/" + UUID.randomUUID()
                            + "?milliseconds=" + HANG.toMillis();
                    holders.add(beside.submit(() -> admin.send("POST", row, null)));
                }
            }
            Awaitility.await("all connections taken")
                    .atMost(HANG)
                    .until(() -> connectionsTaken() >= nodes().size() * CONNECTIONS);
            signIns.release();
            for (Future<HttpResponse<String>> holder : holders) {
                holder.get();
            }
            double recovered = recovered(codeLedger, nodes());
            codeLedger.recovered();
            someAnswers(codeLedger);
            signIns.stop();
            conclude("all connections are taken for 10 s", codeLedger, recovered);
            assertThat(codeLedger.serverErrors() > 0 || codeLedger.longest().compareTo(Duration.ofSeconds(3)) > 0)
                    .as("sign-ins waited for a connection")
                    .isTrue();
        }
    }

    @Test
    void aRowIsHeld() throws Exception {
        List<RaceUser> members = members();
        CodeLedger codeLedger = new CodeLedger(members, CODES);
        String held = members.stream()
                .limit(USERS / 2)
                .map(member -> "'" + member.credential() + "'")
                .collect(Collectors.joining(","));
        try (SignInLoad signIns = load(codeLedger)) {
            signIns.start();
            someAnswers(codeLedger);
            signIns.gather(USERS);
            try (Connection connection = cluster().postgres().connect(cluster().database());
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("select id from credential where id in (" + held + ") for update");
                signIns.release();
                letPass(ROW_HELD);
                connection.rollback();
            }
            double recovered = recovered(codeLedger, nodes());
            codeLedger.recovered();
            someAnswers(codeLedger);
            signIns.stop();
            assertThat(busy(codeLedger)).as("told to try again").isPositive();
            assertThat(codeLedger.longest()).isBetween(Duration.ofSeconds(4), BOUND);
            assertThat(codeLedger.errors()).isEmpty();
            conclude("the rows of half of the users are held for 10 s", codeLedger, recovered);
        }
    }

    @Test
    void theMailServerRefuses() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        long mark = nodes().get(0).log().mark();
        mailsFail("the mail server refuses connections", port);
        assertThat(nodes().get(0).log().since(mark)).contains("The mail code_used to user ");
        assertThat(people().realm().admin().events("CUSTOM_REQUIRED_ACTION_ERROR"))
                .as("each is on record")
                .isNotEmpty();
    }

    @Test
    void theMailServerHangs() throws Exception {
        ConcurrentLinkedQueue<Socket> taken = new ConcurrentLinkedQueue<>();
        try {
            CompletableFuture<?> taking;
            try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                taking = CompletableFuture.runAsync(() -> takeAll(silent, taken), beside);
                mailsFail("the mail server takes connections and says nothing", silent.getLocalPort());
            }
            taking.join();
            assertThat(taken).as("connections to the mail server").isNotEmpty();
        } finally {
            for (Socket socket : taken) {
                socket.close();
            }
        }
    }

    /** No fault, but it takes two nodes: both look every three seconds for sets that end soon. */
    @Test
    void twoNodesTellOfTheEndOfASetOnce() {
        Instant now = Instant.now();
        TestCodeSet ending =
                TestCodeSet.of(3).madeAt(now.minus(Duration.ofDays(365))).expiringAt(now.plus(Duration.ofHours(1)));
        try (MailServer mails = MailServer.start();
                TestRealm realm = TestRealm.on(nodes().get(0))
                        .with("smtpServer", mails.smtp())
                        .create()) {
            for (String name : List.of("first", "second", "third")) {
                realm.user(name).codes(ending).create();
                mails.await(mail -> mail.to().startsWith(name), "mail to the " + name);
            }
            assertThat(mails.mails())
                    .extracting(MailServer.Mail::to)
                    .containsExactly("first@example.org", "second@example.org", "third@example.org");
        }
    }

    /** Until it is closed. */
    private static void takeAll(ServerSocket silent, ConcurrentLinkedQueue<Socket> taken) {
        try {
            while (true) {
                taken.add(silent.accept());
            }
        } catch (IOException closed) {
            assertThat(silent.isClosed()).isTrue();
        }
    }

    /** Every accepted code means a mail, which is sent beside the request. */
    private void mailsFail(String fault, int port) {
        CodeLedger codeLedger = ledger();
        Map<String, Object> before = Map.of("smtpServer", Map.of());
        people().realm()
                .admin()
                .update(Map.of(
                        "smtpServer",
                        Map.of(
                                "host",
                                "127.0.0.1",
                                "port",
                                String.valueOf(port),
                                "from",
                                "keycloak@example.org",
                                "connectionTimeout",
                                "3000",
                                "timeout",
                                "3000")));
        try (SignInLoad signIns = load(codeLedger)) {
            // nothing has to recover: sign-ins go on while mails fail
            codeLedger.recovered();
            signIns.start();
            someAnswers(codeLedger);
            double recovered = recovered(codeLedger, nodes());
            someAnswers(codeLedger);
            signIns.stop();
            assertThat(codeLedger.errors()).isEmpty();
            people().realm().admin().update(before);
            conclude(fault, codeLedger, recovered);
        } finally {
            people().realm().admin().update(before);
        }
    }

    /** The seconds until a new sign-in with a code goes through at each of these nodes. */
    private double recovered(CodeLedger codeLedger, List<KeycloakServer> live) {
        long start = System.nanoTime();
        for (KeycloakServer node : live) {
            Awaitility.await("a sign-in at " + node.baseUrl())
                    .atMost(RECOVERY)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> signsIn(codeLedger, node));
        }
        return Math.round((System.nanoTime() - start) / 1e8) / 10.0;
    }

    private static boolean signsIn(CodeLedger codeLedger, KeycloakServer node) {
        CodeOutcome codeOutcome = Objects.requireNonNull(codeLedger.next(), "more codes are needed");
        RaceClient client = new RaceClient();
        long began = System.nanoTime();
        try {
            client.at(people().codePage(client.http(), node, codeOutcome.member()));
            if (!client.isAtCodePage()) {
                codeLedger.error(client.client().page().toString(), began);
                return false;
            }
        } catch (RuntimeException e) {
            codeLedger.error(String.valueOf(e.getMessage()), began);
            return false;
        }
        RequestOutcome outcome = client.run(client.prepare(codeOutcome.code(), node));
        codeLedger.add(codeOutcome, outcome);
        return outcome.granted() && client.getsTokens();
    }

    private static void conclude(String fault, CodeLedger codeLedger, double recovered) {
        CodeAudit audit =
                new CodeAudit(people(), nodes(), cluster().postgres(), cluster().database());
        audit.check(codeLedger.tried());
        TABLE.add(List.of(
                fault,
                codeLedger.tried().size(),
                audit.granted(),
                audit.twice(),
                audit.notStored(),
                audit.onRecord(),
                audit.stillGood(),
                codeLedger
                        .outcomes()
                        .filter(outcome -> outcome.refusedWith(RefusalMessage.USED))
                        .count(),
                busy(codeLedger),
                codeLedger.serverErrors(),
                codeLedger.otherErrors(),
                Math.round(codeLedger.longest().toMillis() / 100.0) / 10.0,
                recovered));
        codeLedger.errors().forEach(error -> System.out.println("  seen meanwhile: " + error));
        assertThat(audit.faults()).isEmpty();
        assertThat(codeLedger.lateErrors()).as("after the recovery").isEmpty();
        assertThat(audit.granted()).isPositive();
    }

    private static int connectionsTaken() throws SQLException {
        try (Connection connection = cluster().postgres().connect(cluster().database());
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from pg_stat_activity"
                        + " where datname = current_database() and state like 'idle in transaction%'")) {
            count.next();
            return count.getInt(1);
        }
    }

    private static long busy(CodeLedger codeLedger) {
        return codeLedger
                .outcomes()
                .filter(outcome -> outcome.refusedWith(RefusalMessage.BUSY))
                .count();
    }

    /** Until there are some more, and as long as is wished. */
    private static void someAnswers(CodeLedger codeLedger) {
        int enough = codeLedger.answers() + ANSWERS;
        long until = System.nanoTime() + Duration.ofSeconds(seconds()).toNanos();
        Awaitility.await("answers")
                .atMost(Duration.ofSeconds(60 + seconds()))
                .until(() -> codeLedger.answers() >= enough && System.nanoTime() - until >= 0);
    }

    private static void letPass(Duration duration) {
        long until = System.nanoTime() + duration.toNanos();
        Awaitility.await().atMost(duration.multipliedBy(2)).until(() -> System.nanoTime() - until >= 0);
    }

    private static CodeLedger ledger() {
        return new CodeLedger(members(), CODES);
    }

    private static List<RaceUser> members() {
        return IntStream.range(0, users())
                .mapToObj(number -> people().member(CODES, true))
                .toList();
    }

    /** With as many codes as a set may have: the load is far from using them up. */
    private static int users() {
        return USERS + 2 + 2 * seconds();
    }

    private static int seconds() {
        return Integer.getInteger("fault.seconds", 0);
    }

    private static SignInLoad load(CodeLedger codeLedger) {
        return new SignInLoad(people(), nodes(), codeLedger);
    }

    private static List<KeycloakServer> nodes() {
        return cluster().nodes();
    }

    private static Cluster cluster() {
        return SharedCluster.get();
    }

    private static RaceUsers people() {
        return Objects.requireNonNull(users);
    }
}
