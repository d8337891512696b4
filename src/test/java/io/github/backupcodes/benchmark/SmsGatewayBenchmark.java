package io.github.backupcodes.benchmark;

import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.database.Postgres;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestSmsCode;
import io.github.backupcodes.support.realm.TestUser;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The page that asks for a code by text message, for a hundred users at once, while the gateway of their realm takes messages and does not
 * answer, beside a realm whose gateway answers. The pool of database connections is smaller than the number of threads that send.
 */
@Isolated("it measures time")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmsGatewayBenchmark {

    private static final int AT_ONCE = 100;
    private static final int SLOWEST = 95;

    private final HttpClient http = LoginClient.connections();
    private Postgres postgres;
    private BenchmarkServer server;
    private SmsCodeRealm answers;
    private SmsCodeRealm hangs;

    @BeforeAll
    void setUp() {
        postgres = Postgres.start();
        server = BenchmarkServer.start(
                "benchmark", postgres, "--db-pool-max-size=4", "--spi-sms-sender--http--allowed-hosts=127.0.0.1");
        answers = SmsCodeRealm.create(server.server(), Map.of());
        hangs = SmsCodeRealm.create(server.server(), Map.of());
        hangs.gateway().hang(true);
    }

    @AfterAll
    void tearDown() {
        hangs.close();
        answers.close();
        server.close();
        postgres.close();
    }

    @Test
    void pagesWhileTheGatewayHangs() {
        Variant hanging = side("the gateway hangs", hangs, 1);
        Variant answering = side("it answers", answers, 2);
        Variant again = new Variant("it answers, again", server.meter(), answering.task());
        List<Variant> sides = List.of(hanging, answering, again);
        PairedRuns.warmUp(sides);
        PairedRuns runs = PairedRuns.of(sides, AT_ONCE, AT_ONCE);
        Percentiles slow = Percentiles.of(runs, hanging, answering);
        BenchmarkRows.write(
                "sms-gateway",
                List.of(slow.ratio(SLOWEST)
                        .row(
                                164,
                                "page that asks for a code by text message while the gateway hangs / answers, 100 concurrent, p95",
                                "<= 2.00",
                                Percentiles.of(runs, again, answering)
                                        .ratio(SLOWEST)
                                        .noise(),
                                PairedRuns.rounds(),
                                String.format(
                                        Locale.ROOT,
                                        "%.0f / %.0f ms; 4 database connections; no error",
                                        slow.ours(SLOWEST),
                                        slow.by(SLOWEST)))));
    }

    /** A side has as many users as turns; the one that answers has two turns in a round. */
    private Variant side(String name, SmsCodeRealm realm, int turns) {
        TestUser first = realm.realm().user("first").create();
        BenchmarkUsers users = BenchmarkUsers.in(
                realm.realm().admin(),
                "phone-",
                PairedRuns.signIns(0) * turns + AT_ONCE * PairedRuns.rounds() * turns,
                server.database().credentials(first.id()),
                user -> TestSmsCode.to(SmsCodeRealm.number()).credential());
        return new Variant(name, server.meter(), () -> {
            String user = users.next();
            return () -> {
                LoginClient client = realm.realm().session(http);
                client.signIn(user, TestUser.PASSWORD);
                client.assertHas(SmsCodeRealm.FORM);
            };
        });
    }
}
