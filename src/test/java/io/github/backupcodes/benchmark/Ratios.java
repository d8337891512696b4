package io.github.backupcodes.benchmark;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * The ratio of two things that were measured in pairs: the geometric mean of the ratios of the pairs, and its 95% interval by
 * Student's t over their logarithms. What disturbs both sides of a pair alike falls out.
 */
public record Ratios(double ratio, double low, double high, int samples) {

    private static final double BOTH_TAILS = 0.975;

    /** Of a over b. */
    public static Ratios of(double[] a, double[] b) {
        if (a.length != b.length || a.length < 2) {
            throw new IllegalArgumentException("%d and %d values are no pairs".formatted(a.length, b.length));
        }
        SummaryStatistics logs = new SummaryStatistics();
        IntStream.range(0, a.length).forEach(i -> logs.addValue(Math.log(a[i] / b[i])));
        double half = new TDistribution(a.length - 1).inverseCumulativeProbability(BOTH_TAILS)
                * logs.getStandardDeviation()
                / Math.sqrt(a.length);
        return new Ratios(
                Math.exp(logs.getMean()), Math.exp(logs.getMean() - half), Math.exp(logs.getMean() + half), a.length);
    }

    /** Half the width of the interval: what cannot be told apart from 1. */
    public double noise() {
        return (high - low) / 2;
    }

    /** This ratio as a row of the table. */
    public BenchmarkRow row(int order, String what, String target, double noise, String note) {
        return new BenchmarkRow(order, what, ratio, low, high, target, noise, samples, note);
    }

    /** The median of values, for notes. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
