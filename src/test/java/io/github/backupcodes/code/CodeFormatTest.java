package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeFormatTest {

    private static final String CODE = "C0DE5ARE0NEV1M4";

    private static final CodeFormat SIX_DIGITS = new CodeFormat(Alphabet.DIGITS, 6);

    @Test
    void the_default_is_15_symbols_with_70_bits() {
        assertThat(CodeFormat.DEFAULT).isEqualTo(new CodeFormat(Alphabet.BASE32, 15));
        assertThat(CodeFormat.DEFAULT.hasCheckCharacter()).isTrue();
        assertThat(CodeFormat.DEFAULT.randomSymbols()).isEqualTo(14);
        assertThat(CodeFormat.DEFAULT.bits()).isCloseTo(70, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"BASE32, 15, ABCDE-FGHJK-MNPQR", "DIGITS, 8, 1234-5678", "DIGITS, 16, 1234-5678-9012-3456"})
    void the_example_has_the_form_of_a_code(Alphabet alphabet, int length, String example) {
        assertThat(new CodeFormat(alphabet, length).example()).isEqualTo(example);
    }

    @Test
    void entering_the_example_is_no_attempt() {
        for (int length = CodeFormat.MIN_BASE32; length <= CodeFormat.MAX_BASE32; length++) {
            CodeFormat format = new CodeFormat(Alphabet.BASE32, length);
            assertThat(format.parse(format.example())).isEqualTo(ParsedCode.Malformed.CHECK_CHARACTER);
        }
    }

    @Test
    void all_digits_are_random() {
        assertThat(SIX_DIGITS.hasCheckCharacter()).isFalse();
        assertThat(SIX_DIGITS.randomSymbols()).isEqualTo(6);
        assertThat(SIX_DIGITS.bits()).isCloseTo(19.93, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({"BASE32, 10", "BASE32, 32", "DIGITS, 6", "DIGITS, 16"})
    void the_shortest_and_the_longest_codes_are_allowed(Alphabet alphabet, int length) {
        assertThat(new CodeFormat(alphabet, length).length()).isEqualTo(length);
    }

    @ParameterizedTest
    @CsvSource({
        "BASE32, 9, 'A code of BASE32 has 10 to 32 symbols, not 9'",
        "BASE32, 33, 'A code of BASE32 has 10 to 32 symbols, not 33'",
        "DIGITS, 5, 'A code of DIGITS has 6 to 16 symbols, not 5'",
        "DIGITS, 17, 'A code of DIGITS has 6 to 16 symbols, not 17'"
    })
    void shorter_and_longer_codes_are_refused(Alphabet alphabet, int length, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CodeFormat(alphabet, length))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C0DE5ARE0NEV1M4",
                "C0DE5-ARE0N-EV1M4",
                "c0de5 are0n ev1m4",
                "cOdE5-aReoN-eVlM4",
                "  C0DE5\u00A0ARE0N\u202FEV1M4\t\r\n",
                "C0DE5\u2010ARE0N\u2011EV1M4",
                "C0DE5\u2013ARE0N \u2014 EV1M4",
                "C0DE5\u2212ARE0N\uFF0DEV1M4",
                "C0DE5\u3000ARE0N\u2028EV1M4\u2029",
                "\uFEFFC0DE5\u00ADARE0N\u200BEV1M4\u200E",
                "3. C0DE5-ARE0N-EV1M4",
                "12) `C0DE5-ARE0N-EV1M4`",
                "\"3. C0DE5-ARE0N-EV1M4\"",
                "\u201EC0DE5-ARE0N-EV1M4\u201C",
                "\uFF23\uFF10\uFF24\uFF25\uFF15\uFF0D\uFF21\uFF32\uFF25\uFF10\uFF2E\uFF0DEV1M4",
                "C\u0660DE\u0665-ARE\u0660N-EV\u0661M\u0664",
                "C\u06F0DE\u06F5-ARE\u06F0N-EV\u06F1M\u06F4",
                "\u0969. C\u0966DE\u096B-ARE\u0966N-EV\u0967M\u096A",
                "C\uD83A\uDD50DE5-ARE0N-EV1M4"
            })
    void a_code_is_read_in_whatever_way_it_is_typed(String typed) {
        assertThat(CodeFormat.DEFAULT.parse(typed)).isEqualTo(new ParsedCode.WellFormed(new BackupCode(CODE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " - \u2014 \u00A0\t"})
    void nothing_but_separators_is_empty(String typed) {
        assertThat(CodeFormat.DEFAULT.parse(typed)).isEqualTo(ParsedCode.Malformed.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C0DE5ARE0NEV1M", "C0DE5ARE0NEV1M4M", "C"})
    void too_many_or_too_few_symbols_are_told_apart_from_a_wrong_check_character(String typed) {
        assertThat(CodeFormat.DEFAULT.parse(typed)).isEqualTo(ParsedCode.Malformed.LENGTH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C0DE5ARE0NEV1MU",
                "C0DE5.ARE0N.EV1M4",
                "123. C0DE5-ARE0N-EV1M4",
                "3: C0DE5-ARE0N-EV1M4",
                "3. C0DE5-ARE0N-EV1M",
                "C0DE5'ARE0N-EV1M4",
                "C0DE5_ARE0N_EV1M4",
                "C0DE5+ARE0N+EV1M4",
                "C0DE5\u0000ARE0NEV1M4",
                "\uD83D\uDE00",
                "<script>"
            })
    void a_character_that_is_neither_symbol_nor_separator_is_told(String typed) {
        assertThat(CodeFormat.DEFAULT.parse(typed)).isEqualTo(ParsedCode.Malformed.SYMBOL);
    }

    @Test
    void a_wrong_symbol_is_told_by_the_check_character() {
        assertThat(CodeFormat.DEFAULT.parse("C0DE5-ARE0N-EV2M4")).isEqualTo(ParsedCode.Malformed.CHECK_CHARACTER);
    }

    @Test
    void digits_have_no_check_character_and_no_letters() {
        assertThat(SIX_DIGITS.parse("123 457")).isEqualTo(new ParsedCode.WellFormed(new BackupCode("123457")));
        assertThat(SIX_DIGITS.parse("I23457")).isEqualTo(ParsedCode.Malformed.SYMBOL);
        assertThat(SIX_DIGITS.parse("12345")).isEqualTo(ParsedCode.Malformed.LENGTH);
        assertThat(SIX_DIGITS.parse("1234567")).isEqualTo(ParsedCode.Malformed.LENGTH);
    }

    /** A dot within the digits is none behind a number: what is left would be too short. */
    @Test
    void a_number_of_the_list_is_left_out_only_before_a_whole_code() {
        assertThat(SIX_DIGITS.parse("1. 123457")).isEqualTo(new ParsedCode.WellFormed(new BackupCode("123457")));
        assertThat(SIX_DIGITS.parse("12.3457")).isEqualTo(ParsedCode.Malformed.SYMBOL);
        assertThat(SIX_DIGITS.parse("12. 123457")).isEqualTo(new ParsedCode.WellFormed(new BackupCode("123457")));
        assertThat(SIX_DIGITS.parse("12 123457")).isEqualTo(ParsedCode.Malformed.LENGTH);
    }

    @Test
    void input_of_more_than_128_characters_is_refused_unread() {
        String longest = " ".repeat(128 - CODE.length()) + CODE;

        assertThat(CodeFormat.DEFAULT.parse(longest)).isInstanceOf(ParsedCode.WellFormed.class);
        assertThat(CodeFormat.DEFAULT.parse(" " + longest)).isEqualTo(ParsedCode.Malformed.LENGTH);
        assertThat(CodeFormat.DEFAULT.parse("?".repeat(129))).isEqualTo(ParsedCode.Malformed.LENGTH);
    }

    @ParameterizedTest
    @EnumSource
    void the_reasons_print_as_their_names_alone(ParsedCode.Malformed reason) {
        assertThat(reason).hasToString(reason.name());
    }
}
