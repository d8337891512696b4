package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeInputSummaryTest {

    @ParameterizedTest
    @CsvSource({
        "'', 0, false, false",
        "' - ', 0, false, false",
        "12345, 5, true, false",
        "123 456, 6, true, true",
        "12345678, 8, true, true",
        "123456789, 9, true, false",
        "\u0661\u0662\u0663\u0664\u0665\u0666, 6, true, true",
        "12345a, 6, false, false",
        "abcde-fghjk, 10, false, false",
        "\"abcde\", 5, false, false",
        "\uD83D\uDD11\uD83D\uDD11, 2, false, false"
    })
    void characters_are_counted_and_digits_of_every_script_are_recognized(
            String typed, int length, boolean digits, boolean otp) {
        CodeInputSummary summary = CodeInputSummary.of(typed);

        assertThat(summary).isEqualTo(new CodeInputSummary(length, digits));
        assertThat(summary.resemblesOtp()).isEqualTo(otp);
    }

    @Test
    void an_input_of_any_length_is_counted() {
        assertThat(CodeInputSummary.of("a-".repeat(5000)).length()).isEqualTo(5000);
    }
}
