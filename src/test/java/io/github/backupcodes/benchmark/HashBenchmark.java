package io.github.backupcodes.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The hash, and what stands around it, without a server. Each value is from a JVM of its own. A round measures every method
 * once, the next one in the opposite order, so that what changes in the course of the run does not always hit the same side;
 * ratios are those of the values of one round.
 */
class HashBenchmark {

    private static final int ROUNDS = PairCount.orElse(8);
    private static final int ROUNDS_OF_OTHERS = Math.max(2, ROUNDS / 2);
    private static final String AGAIN = " again";

    private final Jmh jmh = new Jmh();

    @Test
    void hashes() {
        Map<String, double[]> ours = rounds(
                ROUNDS, "bareHash", "verifyOfOne", "verifyOfFifty", "makeTen", "tenBareHashes", "bareHash" + AGAIN);
        double noise = Ratios.of(value(ours, "bareHash" + AGAIN), value(ours, "bareHash"))
                .noise();
        Map<String, double[]> others = rounds(
                ROUNDS_OF_OTHERS,
                "verifyOfOne",
                "bcryptEachFirst",
                "bcryptEachLast",
                "argon2EachFirst",
                "argon2EachLast");
        BenchmarkFigures.write("hash", SetSize.figures());
        BenchmarkRows.write(
                "hash",
                List.of(
                        row(
                                10,
                                "verify, 50 codes in the set / 1 code",
                                "<= 1.02",
                                ours,
                                "verifyOfFifty",
                                "verifyOfOne",
                                noise),
                        row(
                                20,
                                "verify / the bare Argon2id call with the same cost",
                                "<= 1.05",
                                ours,
                                "verifyOfOne",
                                "bareHash",
                                noise),
                        row(
                                30,
                                "generating a set of 10 / ten bare hashes in sequence",
                                "<= 0.7",
                                ours,
                                "makeTen",
                                "tenBareHashes",
                                noise),
                        other(
                                200,
                                "bcrypt for each of 10 codes, the first matches / verify",
                                others,
                                "bcryptEachFirst"),
                        other(
                                210,
                                "bcrypt for each of 10 codes, the last or none matches / verify",
                                others,
                                "bcryptEachLast"),
                        other(
                                220,
                                "Argon2id for each of 10 codes, the first matches / verify",
                                others,
                                "argon2EachFirst"),
                        other(
                                230,
                                "Argon2id for each of 10 codes, the last or none matches / verify",
                                others,
                                "argon2EachLast")));
    }

    /** Microseconds of each method in each round. */
    private Map<String, double[]> rounds(int rounds, String... methods) {
        Map<String, double[]> values = new TreeMap<>();
        List<String> order = new ArrayList<>(List.of(methods));
        for (int i = 0; i < rounds; i++) {
            for (String method : order) {
                values.computeIfAbsent(method, none -> new double[rounds])[i] =
                        jmh.microseconds(method.replace(AGAIN, ""));
            }
            Collections.reverse(order);
        }
        return values;
    }

    private BenchmarkRow other(int order, String what, Map<String, double[]> values, String method) {
        return row(order, what, "", values, method, "verifyOfOne", Double.NaN);
    }

    private BenchmarkRow row(
            int order, String what, String target, Map<String, double[]> values, String a, String b, double noise) {
        double[] of = value(values, a);
        double[] over = value(values, b);
        String note = String.format(
                Locale.ROOT,
                "%.2f ms, %.2f ms; %.1f MB, %.1f MB allocated",
                Ratios.median(of) / 1000,
                Ratios.median(over) / 1000,
                jmh.bytes(a) / 1e6,
                jmh.bytes(b) / 1e6);
        return Ratios.of(of, over).row(order, what, target, noise, note);
    }

    private static double[] value(Map<String, double[]> values, String method) {
        return values.getOrDefault(method, new double[0]);
    }
}
