package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlphabetTest {

    @Test
    void base32_has_the_32_symbols_of_crockford() {
        assertThat(Alphabet.BASE32.size()).isEqualTo(32);
        assertThat(symbols(Alphabet.BASE32)).isEqualTo("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    }

    @Test
    void digits_are_ten() {
        assertThat(Alphabet.DIGITS.size()).isEqualTo(10);
        assertThat(symbols(Alphabet.DIGITS)).isEqualTo("0123456789");
    }

    @ParameterizedTest
    @EnumSource
    void the_value_of_a_symbol_leads_back_to_the_symbol(Alphabet alphabet) {
        assertThat(IntStream.range(0, alphabet.size()))
                .allSatisfy(value ->
                        assertThat(alphabet.value(alphabet.symbol(value))).isEqualTo(value));
    }

    @ParameterizedTest
    @CsvSource({"O,0", "o,0", "I,1", "i,1", "L,1", "l,1"})
    void base32_reads_letters_that_look_like_digits_as_digits(char typed, char symbol) {
        assertThat(Alphabet.BASE32.value(typed)).isEqualTo(Alphabet.BASE32.value(symbol));
    }

    @Test
    void base32_reads_lower_case_as_upper_case() {
        String symbols = symbols(Alphabet.BASE32);
        assertThat(symbols.toLowerCase(Locale.ROOT).chars().map(Alphabet.BASE32::value))
                .containsExactlyElementsOf(
                        symbols.chars().map(Alphabet.BASE32::value).boxed().toList());
    }

    @Test
    void base32_leaves_out_u_and_what_stands_beside_the_letters_and_digits_in_ascii() {
        List<Character> unknown = IntStream.range(0, 128)
                .filter(c -> Alphabet.BASE32.value(c) == Alphabet.NOT_A_SYMBOL)
                .filter(c -> Character.isLetterOrDigit(c) || "@[`{/:".indexOf(c) >= 0)
                .mapToObj(c -> (char) c)
                .toList();
        assertThat(unknown).containsExactly('/', ':', '@', 'U', '[', '`', 'u', '{');
    }

    @Test
    void digits_read_digits_and_nothing_else() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_VALUE)
                        .filter(c -> Alphabet.DIGITS.value(c) != Alphabet.NOT_A_SYMBOL))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed('0', '9').boxed().toList());
    }

    @ParameterizedTest
    @EnumSource
    void no_character_beyond_ascii_is_a_symbol(Alphabet alphabet) {
        assertThat(IntStream.rangeClosed(128, Character.MAX_CODE_POINT)
                        .filter(c -> alphabet.value(c) != Alphabet.NOT_A_SYMBOL))
                .isEmpty();
    }

    private static String symbols(Alphabet alphabet) {
        StringBuilder symbols = new StringBuilder();
        for (int value = 0; value < alphabet.size(); value++) {
            symbols.append(alphabet.symbol(value));
        }
        return symbols.toString();
    }
}
