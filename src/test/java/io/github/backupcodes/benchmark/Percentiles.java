package io.github.backupcodes.benchmark;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * Percentiles of two sides over all their rounds. The interval of their ratio comes from the bootstrap over rounds, for the
 * slowest of a few sign-ins of one round say nothing.
 *
 * @param ours what is divided, for each round the time of each sign-in
 */
record Percentiles(List<List<Duration>> ours, List<List<Duration>> by) {

    /** Of two sides of a run. */
    static Percentiles of(PairedRuns runs, Variant ours, Variant by) {
        return new Percentiles(times(runs, ours), times(runs, by));
    }

    private static List<List<Duration>> times(PairedRuns runs, Variant side) {
        return runs.of(side).stream().map(Measurement::times).toList();
    }

    /** The ratio at a percentile, for example 99. */
    ConfidenceInterval ratio(double percentile) {
        return ConfidenceInterval.of(ours.size(), rounds -> ratio(percentile, rounds));
    }

    /**
     * The ratio at a percentile over that of an earlier run, in which both sides were alike: what two servers differ by anyway
     * falls out.
     */
    ConfidenceInterval ratioSince(Percentiles before, double percentile) {
        return ConfidenceInterval.of(
                ours.size(), rounds -> ratio(percentile, rounds) / before.ratio(percentile, rounds));
    }

    private double ratio(double percentile, int[] rounds) {
        return milliseconds(ours, rounds, percentile) / milliseconds(by, rounds, percentile);
    }

    /** The percentile of ours, in milliseconds. */
    double ours(double percentile) {
        return milliseconds(ours, all(), percentile);
    }

    /** The percentile of the other, in milliseconds. */
    double by(double percentile) {
        return milliseconds(by, all(), percentile);
    }

    private int[] all() {
        int[] all = new int[ours.size()];
        Arrays.setAll(all, round -> round);
        return all;
    }

    private static double milliseconds(List<List<Duration>> side, int[] rounds, double percentile) {
        double[] times = Arrays.stream(rounds)
                .mapToObj(side::get)
                .flatMapToDouble(round -> toMilliseconds(round))
                .toArray();
        return new Percentile(percentile).evaluate(times);
    }

    private static DoubleStream toMilliseconds(List<Duration> times) {
        return times.stream().mapToDouble(time -> time.toNanos() / 1e6);
    }
}
