package io.github.backupcodes.benchmark;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A ratio of two sides that took turns, with its 95% interval. */
record ConfidenceInterval(double ratio, double low, double high) {

    private static final int DRAWS = 2_000;
    private static final long SEED = 20_261_122;

    /** Half the width. */
    double noise() {
        return (high - low) / 2;
    }

    /** This ratio as a row of the table. */
    BenchmarkRow row(int order, String what, String target, double noise, int samples, String note) {
        return new BenchmarkRow(order, what, ratio, low, high, target, noise, samples, note);
    }

    /** A ratio that is computed from some of the rounds. */
    @FunctionalInterface
    interface OfRounds {
        double of(int[] rounds);
    }

    /**
     * By the bootstrap over rounds: as many rounds are drawn, with repetition, as there are, again and again. It asks for no
     * distribution, and also fits what is no mean, as a percentile. The draws are the same in every run.
     */
    static ConfidenceInterval of(int rounds, OfRounds ratio) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        double[] drawn = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            drawn[draw] = ratio.of(random.ints(rounds, 0, rounds).toArray());
        }
        Arrays.sort(drawn);
        int[] all = new int[rounds];
        Arrays.setAll(all, round -> round);
        return new ConfidenceInterval(ratio.of(all), drawn[(int) (DRAWS * 0.025)], drawn[(int) (DRAWS * 0.975)]);
    }
}
