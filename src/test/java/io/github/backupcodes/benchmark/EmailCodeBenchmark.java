package io.github.backupcodes.benchmark;

import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.database.Postgres;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestEmailCode;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Signing in with a code by e-mail beside signing in with an OTP, in one realm, on a server whose pool of database connections is smaller
 * than the number of concurrent sign-ins: if a request took a second connection, requests would wait for each other.
 */
@Isolated("it measures time")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmailCodeBenchmark {

    private static final int CONNECTIONS = 16;
    private static final String POOL = "--db-pool-max-size=4";
    private static final int SLOWEST = 95;

    private final List<BenchmarkRow> rows = new ArrayList<>();
    private final HttpClient http = LoginClient.connections();
    private final Totp app = Totp.random();
    private Postgres postgres;
    private BenchmarkServer server;
    private EmailCodeRealm codes;
    private List<Map<String, Object>> password;

    @BeforeAll
    void setUp() {
        postgres = Postgres.start();
        server = BenchmarkServer.start("benchmark", postgres, POOL);
        codes = EmailCodeRealm.create(
                server.server(), Map.of("sign-in-hour", "100", "sign-in-day", "100", "sign-in-realm-hour", "1000000"));
        TestUser first = codes.realm().user("first").create();
        password = server.database().credentials(first.id());
    }

    @AfterAll
    void tearDown() {
        codes.close();
        server.close();
        postgres.close();
        BenchmarkRows.write("email-code", rows);
    }

    /** From the entered code to the redirect to the application. */
    @Test
    void entering() {
        BenchmarkUsers mail = users("mail-");
        BenchmarkUsers otp = users("app-");
        compare(
                160,
                "entering a code by e-mail / an OTP",
                () -> {
                    String name = mail.next();
                    LoginClient client = signIn(name);
                    String code = awaitCode(name);
                    return () -> signedIn(EmailCodeRealm.enter(client, code));
                },
                () -> {
                    LoginClient client = signIn(otp.next());
                    return () -> {
                        client.otp(app.now());
                        signedIn(client);
                    };
                });
    }

    /** From the sign-in page to the page that asks for the code, whose message is then in the queue. */
    @Test
    void sending() {
        BenchmarkUsers mail = users("new-");
        BenchmarkUsers otp = users("apps-");
        compare(
                162,
                "password page and the page that asks for a code by e-mail / for an OTP",
                () -> {
                    String name = mail.next();
                    return () -> signIn(name).assertHas(EmailCodeRealm.FORM);
                },
                () -> {
                    String name = otp.next();
                    return () -> signIn(name);
                });
    }

    private void compare(int order, String what, BenchmarkTask code, BenchmarkTask otp) {
        Variant ours = new Variant("e-mail", server.meter(), code);
        Variant by = new Variant("OTP", server.meter(), otp);
        Variant again = new Variant("OTP again", server.meter(), otp);
        List<Variant> sides = List.of(ours, by, again);
        PairedRuns.warmUp(sides);
        PairedRuns runs = PairedRuns.of(sides, CONNECTIONS);
        double noise = Ratios.of(runs.each(again, Measurement::time), runs.each(by, Measurement::time))
                .noise();
        Percentiles slow = Percentiles.of(runs, ours, by);
        rows.add(Ratios.of(runs.each(ours, Measurement::time), runs.each(by, Measurement::time))
                .row(
                        order,
                        what + ", 16 concurrent, 4 database connections",
                        "",
                        noise,
                        String.format(
                                Locale.ROOT,
                                "%.1f / %.1f ms; p95 %.1f / %.1f ms; CPU %.1f / %.1f ms; no error",
                                1e3 * runs.mean(ours, Measurement::time),
                                1e3 * runs.mean(by, Measurement::time),
                                slow.ours(SLOWEST),
                                slow.by(SLOWEST),
                                1e3 * runs.mean(ours, Measurement::cpu),
                                1e3 * runs.mean(by, Measurement::cpu))));
        rows.add(slow.ratio(SLOWEST)
                .row(
                        order + 1,
                        what + ", p95",
                        "<= 2.00",
                        Percentiles.of(runs, again, by).ratio(SLOWEST).noise(),
                        PairedRuns.rounds(),
                        ""));
    }

    private LoginClient signIn(String name) {
        LoginClient client = codes.realm().session(http);
        client.signIn(name, TestUser.PASSWORD);
        return client;
    }

    private String awaitCode(String name) {
        return Awaitility.await(name)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> codes.mails().newestTo(BenchmarkUsers.address(name)), mail -> mail.isPresent())
                .map(MailServer.Mail::code)
                .orElseThrow();
    }

    private static void signedIn(LoginClient client) {
        if (!client.isSignedIn()) {
            throw new IllegalStateException("not signed in: " + client.page());
        }
    }

    /** An OTP side has turns on both sides of the noise floor. */
    private BenchmarkUsers users(String prefix) {
        return BenchmarkUsers.in(
                codes.realm().admin(),
                prefix,
                PairedRuns.signIns(2) + PairedRuns.signIns(0),
                password,
                prefix.startsWith("app")
                        ? name -> app.credential()
                        : name -> TestEmailCode.to(BenchmarkUsers.address(name)).credential());
    }
}
