package io.github.backupcodes.benchmark;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One side beside another in the same rounds, and the other beside itself, which is the noise floor.
 *
 * @param runs  the rounds
 * @param ours  what is divided
 * @param by    by what
 * @param again the same as {@code by}, with turns of its own; {@code by} itself where there is no noise floor
 */
record Comparison(PairedRuns runs, Side ours, Side by, Side again) {

    /** Sign-ins a second. */
    Row rate(int order, String what, String target) {
        return row(order, what + ", sign-ins per second", target, Block::rate);
    }

    /** Sign-ins for each second of CPU time of the server. */
    Row byCpu(int order, String what, String target) {
        return row(order, what + ", sign-ins per second of server CPU time", target, block -> 1 / block.cpu());
    }

    /** Sign-ins for each gigabyte that the server allocates. */
    Row byAllocation(int order, String what, String target) {
        return row(order, what + ", sign-ins per allocated gigabyte", target, block -> 1e9 / block.allocated());
    }

    /** Any figure of a turn, in which more is better. */
    Row row(int order, String what, String target, ToDoubleFunction<Block> figure) {
        double noise = again.equals(by)
                ? Double.NaN
                : Ratios.of(runs.each(again, figure), runs.each(by, figure)).noise();
        return Ratios.of(runs.each(ours, figure), runs.each(by, figure)).row(order, what, target, noise, note());
    }

    private String note() {
        String figures = String.format(
                Locale.ROOT,
                "%.1f / %.1f a second; CPU %.1f / %.1f ms",
                runs.mean(ours, Block::rate),
                runs.mean(by, Block::rate),
                1e3 * runs.mean(ours, Block::cpu),
                1e3 * runs.mean(by, Block::cpu));
        String allocated = String.format(
                Locale.ROOT,
                "; allocated %.2f / %.2f MB",
                runs.mean(ours, Block::allocated) / 1e6,
                runs.mean(by, Block::allocated) / 1e6);
        String load = String.format(
                Locale.ROOT,
                "; share of the load generator in all CPU time %.0f%%",
                100 * (runs.mean(ours, Block::driverShare) + runs.mean(by, Block::driverShare)) / 2);
        // not read of a cluster
        return figures + (runs.mean(ours, Block::allocated) > 0 ? allocated : "") + load;
    }
}
