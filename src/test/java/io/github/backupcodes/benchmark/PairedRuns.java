package io.github.backupcodes.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Sides that take turns: in each round every side has one, and the next round goes the other way round (A B C, C B A), so that a
 * machine that gets slower by and by is no advantage to anybody. Figures of one round are compared with each other only.
 */
record PairedRuns(Map<Variant, List<Measurement>> blocks) {

    /** How many sign-ins a turn has: a second or two. */
    static final int BLOCK = 16;

    private static final int FEWEST_WARM = 6;
    private static final int MOST_WARM = 24;
    private static final int WINDOW = 3;
    private static final double STEADY = 0.95;
    private static final int WARM_CONNECTIONS = 4;

    private static final int USUAL_ROUNDS = 12;

    /** How many pairs there are: the system property {@code benchmark.pairs}, made even; twelve unless it is given. */
    static int rounds() {
        int given = Integer.getInteger("benchmark.pairs", 0);
        return given < 1 ? USUAL_ROUNDS : given + given % 2;
    }

    /** How many sign-ins a side has at most in the warm-up, and how many runs follow. */
    static int signIns(int runs) {
        return BLOCK * (MOST_WARM + runs * rounds());
    }

    /** Lets the sides take turns until the server takes no less CPU time than before: all is compiled. */
    static void warmUp(List<Variant> sides) {
        List<Double> cpu = new ArrayList<>();
        while (cpu.size() < MOST_WARM) {
            cpu.add(sides.stream()
                    .mapToDouble(variant ->
                            Measurement.of(variant, BLOCK, WARM_CONNECTIONS).cpu())
                    .sum());
            if (cpu.size() >= Math.min(FEWEST_WARM, rounds())
                    && average(cpu, cpu.size() - WINDOW) > STEADY * average(cpu, cpu.size() - 2 * WINDOW)) {
                return;
            }
        }
    }

    private static double average(List<Double> figures, int from) {
        int start = Math.max(0, from);
        return figures.subList(start, Math.min(figures.size(), start + WINDOW)).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    /** Lets them take turns of {@link #BLOCK} sign-ins. */
    static PairedRuns of(List<Variant> sides, int connections) {
        return of(sides, BLOCK, connections);
    }

    /** Lets them take turns. */
    static PairedRuns of(List<Variant> sides, int count, int connections) {
        Map<Variant, List<Measurement>> blocks = new HashMap<>();
        List<Variant> order = new ArrayList<>(sides);
        for (int round = 0; round < rounds(); round++) {
            for (Variant variant : order) {
                blocks.computeIfAbsent(variant, key -> new ArrayList<>())
                        .add(Measurement.of(variant, count, connections));
            }
            Collections.reverse(order);
        }
        return new PairedRuns(blocks);
    }

    /** One figure of a side, for each round. */
    double[] each(Variant variant, ToDoubleFunction<Measurement> figure) {
        return of(variant).stream().mapToDouble(figure).toArray();
    }

    /** The mean of a figure of a side. */
    double mean(Variant variant, ToDoubleFunction<Measurement> figure) {
        return of(variant).stream().mapToDouble(figure).average().orElseThrow();
    }

    /** What a side took, round by round. */
    List<Measurement> of(Variant variant) {
        return blocks.getOrDefault(variant, List.of());
    }
}
