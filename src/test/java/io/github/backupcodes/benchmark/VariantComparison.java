package io.github.backupcodes.benchmark;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One side beside another in the same rounds, and the other beside itself, which is the noise floor.
 *
 * @param again the same as {@code by}, with turns of its own; {@code by} itself where there is no noise floor
 */
record VariantComparison(PairedRuns runs, Variant ours, Variant by, Variant again) {

    /** Sign-ins a second. */
    BenchmarkRow rate(int order, String what, String target) {
        return row(order, what + ", sign-ins per second", target, Measurement::rate);
    }

    /** Sign-ins for each second of CPU time of the server. */
    BenchmarkRow byCpu(int order, String what, String target) {
        return row(order, what + ", sign-ins per second of server CPU time", target, block -> 1 / block.cpu());
    }

    /** Sign-ins for each gigabyte that the server allocates. */
    BenchmarkRow byAllocation(int order, String what, String target) {
        return row(order, what + ", sign-ins per allocated gigabyte", target, block -> 1e9 / block.allocated());
    }

    /** Any figure of a turn, in which more is better. */
    BenchmarkRow row(int order, String what, String target, ToDoubleFunction<Measurement> figure) {
        double noise = again.equals(by)
                ? Double.NaN
                : Ratios.of(runs.each(again, figure), runs.each(by, figure)).noise();
        return Ratios.of(runs.each(ours, figure), runs.each(by, figure)).row(order, what, target, noise, note());
    }

    private String note() {
        String figures = String.format(
                Locale.ROOT,
                "%.1f / %.1f a second; CPU %.1f / %.1f ms",
                runs.mean(ours, Measurement::rate),
                runs.mean(by, Measurement::rate),
                1e3 * runs.mean(ours, Measurement::cpu),
                1e3 * runs.mean(by, Measurement::cpu));
        String allocated = String.format(
                Locale.ROOT,
                "; allocated %.2f / %.2f MB",
                runs.mean(ours, Measurement::allocated) / 1e6,
                runs.mean(by, Measurement::allocated) / 1e6);
        String load = String.format(
                Locale.ROOT,
                "; share of the load generator in all CPU time %.0f%%",
                100 * (runs.mean(ours, Measurement::driverShare) + runs.mean(by, Measurement::driverShare)) / 2);
        // not read of a cluster
        return figures + (runs.mean(ours, Measurement::allocated) > 0 ? allocated : "") + load;
    }
}
