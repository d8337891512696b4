package io.github.backupcodes.benchmark;

import java.util.Locale;

/**
 * A row of the table: one ratio, measured in pairs.
 *
 * @param target  {@code <= 1.05} or {@code >= 0.99}; empty for none
 * @param noise   half the width of the same interval where both sides are the same, as a ratio; NaN where it was not
 *     measured
 */
public record BenchmarkRow(
        int order,
        String what,
        double ratio,
        double low,
        double high,
        String target,
        double noise,
        int samples,
        String note) {

    /** Whether the target is met, by the interval: yes, no, or open where the interval reaches to both sides of it. */
    public String verdict() {
        if (target.isEmpty()) {
            return "–";
        }
        double bound = Double.parseDouble(target.substring(3));
        boolean most = target.startsWith("<=");
        boolean surely = most ? high <= bound : low >= bound;
        boolean surelyNot = most ? low > bound : high < bound;
        if (surely) {
            return "yes";
        }
        if (surelyNot) {
            return "no";
        }
        return (most ? ratio <= bound : ratio >= bound) ? "yes, within the noise" : "open";
    }

    /** A number of the table. */
    static String number(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.3f", value);
    }
}
