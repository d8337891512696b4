package io.github.backupcodes.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.benchmark.CodeSides.Code;
import io.github.backupcodes.support.Unchecked;
import io.github.backupcodes.support.database.Postgres;
import io.github.backupcodes.support.heap.LiveObjects;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;

/** What 64 wrong codes at once, each of another user, do to the memory of the server and to those who sign in meanwhile. */
@Isolated("it measures time")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrongCodesBenchmark {

    private static final int AT_ONCE = 64;
    private static final int LOOKS = 10;
    private static final double MOST_BYTES = 64 * 1024 * 1024;
    private static final int OTHERS = 16;
    private static final int CONNECTIONS = 4;
    private static final int SLOWEST = 99;

    private final List<BenchmarkRow> rows = new ArrayList<>();
    private Postgres postgres;
    private BenchmarkServer server;
    private WrongCodeLoad own;
    private WrongCodeLoad builtIn;
    private Variant others;

    @BeforeAll
    void setUp() {
        postgres = Postgres.start();
        server = BenchmarkServer.start("benchmark", postgres);
        CodeSides sides = new CodeSides(server, PairedRuns.signIns(1));
        Code codes = sides.backupCodes();
        // all of them are to be looked up, however many there are: neither the set nor the realm locks anybody out
        codes.signIns().realm().admin().configureCodes(Map.of("max-failures", "0"));
        codes.signIns().realm().admin().lockAfter(Integer.MAX_VALUE);
        Code recoveryCodes = sides.recoveryCodes();
        recoveryCodes.signIns().realm().admin().lockAfter(Integer.MAX_VALUE);
        TestRealm realm = BenchmarkRealm.withCopiedFlow(server.server());
        ReadyUsers users = ReadyUsers.withOtp(server.database(), realm, AT_ONCE);
        others = new Variant("others", server.meter(), SignIns.to(realm).byOtp(users));
        PairedRuns.warmUp(List.of(codes.whole(), recoveryCodes.whole(), others));
        own = WrongCodeLoad.of(AT_ONCE, codes, TestCodeSet::wrong);
        builtIn = WrongCodeLoad.of(AT_ONCE, recoveryCodes, TestRecoveryCodes::wrong);
    }

    @AfterAll
    void tearDown() {
        own.close();
        builtIn.close();
        server.close();
        postgres.close();
        BenchmarkRows.write("wrong-codes", rows);
    }

    /** By what is alive after a full collection, while the wrong codes go on. */
    @Test
    void memory() {
        long quiet = LongStream.of(looks()).max().orElseThrow();
        List<Future<?>> guessing = own.goOn();
        long[] attacked = looks();
        assertThat(guessing).as("still guessing").noneMatch(Future::isDone);
        own.stop();
        Unchecked.await(guessing);
        double[] more = Arrays.stream(attacked)
                .mapToDouble(bytes -> (bytes - quiet) / MOST_BYTES)
                .sorted()
                .toArray();
        double most = more[more.length - 1];
        rows.add(new BenchmarkRow(
                110,
                "64 concurrent incorrect codes: maximum extra heap / 64 MiB",
                most,
                more[0],
                most,
                "<= 1.00",
                Double.NaN,
                LOOKS,
                String.format(
                        Locale.ROOT,
                        "%.1f MiB more than %.1f MiB; the interval is from the minimum to the maximum of %d measurements after full collections",
                        most * MOST_BYTES / (1 << 20),
                        quiet / (double) (1 << 20),
                        LOOKS)));
    }

    private long[] looks() {
        return LongStream.generate(() -> LiveObjects.of(server.server().jvm()).bytes())
                .limit(LOOKS)
                .toArray();
    }

    @Test
    void otherSignIns() {
        Map<String, List<List<Duration>>> times = new LinkedHashMap<>();
        List<String> order = new ArrayList<>(List.of("quiet", "own", "built-in", "quiet again"));
        for (int round = 0; round < PairedRuns.rounds(); round++) {
            for (String turn : order) {
                List<Future<?>> guessing =
                        switch (turn) {
                            case "own" -> own.once();
                            case "built-in" -> builtIn.once();
                            default -> List.of();
                        };
                times.computeIfAbsent(turn, key -> new ArrayList<>())
                        .add(Measurement.of(others, OTHERS, CONNECTIONS).times());
                Unchecked.await(guessing);
            }
            Collections.reverse(order);
        }
        rows.add(row(
                111,
                "64 concurrent incorrect codes: p99 of other sign-ins / without them",
                "<= 2.00",
                times,
                "own",
                "quiet"));
        rows.add(row(
                112,
                "64 concurrent incorrect codes: p99 of other sign-ins / with 64 incorrect Keycloak recovery codes",
                "",
                times,
                "own",
                "built-in"));
    }

    private static BenchmarkRow row(
            int order, String what, String target, Map<String, List<List<Duration>>> times, String ours, String by) {
        List<List<Duration>> none = List.of();
        double noise = new Percentiles(times.getOrDefault("quiet again", none), times.getOrDefault("quiet", none))
                .ratio(SLOWEST)
                .noise();
        Percentiles percentiles = new Percentiles(times.getOrDefault(ours, none), times.getOrDefault(by, none));
        return percentiles
                .ratio(SLOWEST)
                .row(
                        order,
                        what,
                        target,
                        noise,
                        PairedRuns.rounds(),
                        String.format(
                                Locale.ROOT,
                                "p99 %.0f / %.0f ms, median %.0f / %.0f ms, of sign-ins with an OTP, %d concurrent",
                                percentiles.ours(SLOWEST),
                                percentiles.by(SLOWEST),
                                percentiles.ours(50),
                                percentiles.by(50),
                                CONNECTIONS));
    }
}
