package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The seeds are fixed, so a run is like any other: the chi-square tests cannot fail by chance. */
class CodeGeneratorTest {

    private static final int SAMPLE = 20_000;

    /** The values that chi-square exceeds once in a thousand, for 9, 31 and 1023 degrees of freedom. */
    private static final double DIGITS_LIMIT = 27.88;

    private static final double BASE32_LIMIT = 61.10;
    private static final double PAIRS_LIMIT = 1168.5;

    @Test
    void a_set_has_as_many_codes_as_asked_for_in_the_format_asked_for() {
        List<BackupCode> codes = new CodeGenerator(new SecureRandom()).generate(CodeFormat.DEFAULT, 10);

        assertThat(codes).hasSize(10).doesNotHaveDuplicates().allSatisfy(code -> assertThat(
                        CodeFormat.DEFAULT.parse(code.symbols()))
                .isEqualTo(new ParsedCode.WellFormed(code)));
    }

    @Test
    void codes_come_in_the_order_drawn() {
        List<BackupCode> five = new CodeGenerator(SeededRandom.of(1)).generate(CodeFormat.DEFAULT, 5);
        List<BackupCode> ten = new CodeGenerator(SeededRandom.of(1)).generate(CodeFormat.DEFAULT, 10);

        assertThat(ten.subList(0, 5)).isEqualTo(five);
    }

    @Test
    void a_code_drawn_twice_counts_once() {
        SecureRandom dull = new DullRandom();

        assertThat(new CodeGenerator(dull).generate(new CodeFormat(Alphabet.DIGITS, 6), 2))
                .containsExactly(new BackupCode("000000"), new BackupCode("777777"));
    }

    @Test
    void two_generators_of_their_own_draw_different_codes() {
        Set<BackupCode> codes = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            codes.addAll(new CodeGenerator(new SecureRandom()).generate(CodeFormat.DEFAULT, 10));
        }

        assertThat(codes).hasSize(1000);
    }

    @ParameterizedTest
    @CsvSource({"BASE32, 15, " + BASE32_LIMIT, "DIGITS, 8, " + DIGITS_LIMIT})
    void every_symbol_is_equally_frequent_in_every_position(Alphabet alphabet, int length, double limit) {
        CodeFormat format = new CodeFormat(alphabet, length);
        List<BackupCode> codes = new CodeGenerator(SeededRandom.of(26_7_3)).generate(format, SAMPLE);

        for (int position = 0; position < format.randomSymbols(); position++) {
            assertThat(chiSquare(codes, alphabet, position)).isLessThan(limit);
        }
    }

    @ParameterizedTest
    @CsvSource({"BASE32, 15, " + BASE32_LIMIT, "DIGITS, 8, " + DIGITS_LIMIT})
    void a_biased_generator_would_be_found_out(Alphabet alphabet, int length, double limit) {
        CodeFormat format = new CodeFormat(alphabet, length);
        List<BackupCode> codes = new CodeGenerator(new BiasedRandom()).generate(format, SAMPLE);

        for (int position = 0; position < format.randomSymbols(); position++) {
            assertThat(chiSquare(codes, alphabet, position)).isGreaterThan(limit);
        }
    }

    @Test
    void every_pair_of_neighbours_is_equally_frequent() {
        List<BackupCode> codes = new CodeGenerator(SeededRandom.of(26_7_3)).generate(CodeFormat.DEFAULT, SAMPLE);

        int[] counts = new int[32 * 32];
        for (BackupCode code : codes) {
            for (int i = 0; i < CodeFormat.DEFAULT.randomSymbols(); i += 2) {
                int left = Alphabet.BASE32.value(code.symbols().charAt(i));
                counts[left * 32 + Alphabet.BASE32.value(code.symbols().charAt(i + 1))]++;
            }
        }
        assertThat(chiSquare(counts)).isLessThan(PAIRS_LIMIT);
    }

    private static double chiSquare(List<BackupCode> codes, Alphabet alphabet, int position) {
        int[] counts = new int[alphabet.size()];
        for (BackupCode code : codes) {
            counts[alphabet.value(code.symbols().charAt(position))]++;
        }
        return chiSquare(counts);
    }

    /** The sum of squared deviations from the mean, each over the mean. */
    private static double chiSquare(int[] counts) {
        double sum = 0;
        for (int count : counts) {
            sum += count;
        }
        double mean = sum / counts.length;
        double chiSquare = 0;
        for (int count : counts) {
            chiSquare += (count - mean) * (count - mean) / mean;
        }
        return chiSquare;
    }

    /** The mistake that a remainder makes: the last symbol comes half as often as the others. */
    private static final class BiasedRandom extends SecureRandom {

        private final SecureRandom even = SeededRandom.of(26_7_3);

        @Override
        public int nextInt(int bound) {
            return even.nextInt(2 * bound - 1) % bound;
        }
    }

    /** Twice six zeros, then sevens. */
    private static final class DullRandom extends SecureRandom {

        private int drawn;

        @Override
        public int nextInt(int bound) {
            return drawn++ < 12 ? 0 : 7;
        }
    }
}
