package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.database.Postgres;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Whether the code step takes longer where more users have sets: two servers on databases of their own, first with as
 * few users each, which shows how much two servers differ, then one with 1,000 and one with 100,000. That difference is taken
 * out.
 */
@Isolated("it measures time")
class UsersBenchmark {

    private static final int FEW = 1_000;
    private static final int MANY = 100_000;
    private static final int TURN = 32;
    private static final int CONNECTIONS = 2;

    @Test
    void slowestCodeSteps() {
        try (Postgres postgres = Postgres.start();
                BenchmarkServer one = BenchmarkServer.start("benchmark", postgres);
                BenchmarkServer other = one.another("benchmark-2")) {
            int signIns = PairedRuns.signIns(2 * TURN / PairedRuns.BLOCK);
            PopulatedRealm few = PopulatedRealm.on(one, "1,000 users", signIns);
            PopulatedRealm many = PopulatedRealm.on(other, "100,000 users", signIns);
            List<Variant> sides = List.of(many.step(), few.step());
            PairedRuns.warmUp(sides);
            PairedRuns before = PairedRuns.of(sides, TURN, CONNECTIONS);
            few.add(FEW - ReadyUsers.forCodes(signIns));
            many.add(MANY - ReadyUsers.forCodes(signIns));
            PairedRuns after = PairedRuns.of(sides, TURN, CONNECTIONS);
            BenchmarkRows.write(
                    "users",
                    List.of(
                            row(100, 99, before, after, many.step(), few.step(), "<= 1.10"),
                            row(101, 50, before, after, many.step(), few.step(), "")));
        }
    }

    private static BenchmarkRow row(
            int order, int percentile, PairedRuns before, PairedRuns after, Variant many, Variant few, String target) {
        Percentiles alike = Percentiles.of(before, many, few);
        Percentiles times = Percentiles.of(after, many, few);
        String note = String.format(
                Locale.ROOT,
                "%.1f / %.1f ms, and %.1f / %.1f ms on the same two servers before, with the same small number of users each; %d steps each",
                times.ours(percentile),
                times.by(percentile),
                alike.ours(percentile),
                alike.by(percentile),
                TURN * PairedRuns.rounds());
        return times.ratioSince(alike, percentile)
                .row(
                        order,
                        "p%d of the code step, 100,000 / 1,000 users with sets on PostgreSQL".formatted(percentile),
                        target,
                        alike.ratio(percentile).noise(),
                        PairedRuns.rounds(),
                        note);
    }
}
