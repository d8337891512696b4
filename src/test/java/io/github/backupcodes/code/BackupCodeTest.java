package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupCodeTest {

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "12345, 12345",
        "123456, 123-456",
        "1234567, 1234-567",
        "12345678, 1234-5678",
        "123456789, 12345-6789",
        "0123456789, 01234-56789",
        "0123456789A, 0123-4567-89A",
        "0123456789ABCDE, 01234-56789-ABCDE",
        "0123456789ABCDEF, 0123-4567-89AB-CDEF",
        "0123456789ABCDEFG, 01234-5678-9ABC-DEFG"
    })
    void a_code_is_shown_in_groups_of_at_most_five_as_equal_as_they_can_be(String symbols, String grouped) {
        assertThat(new BackupCode(symbols).grouped()).isEqualTo(grouped);
    }

    @Test
    void what_is_hashed_is_the_normal_form_in_ascii() {
        assertThat(new BackupCode("0123456789ABCDE").bytes())
                .isEqualTo("0123456789ABCDE".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void printing_a_code_tells_nothing() {
        assertThat(new BackupCode("0123456789ABCDE")).hasToString("BackupCode[redacted]");
    }

    @Test
    void printing_what_was_typed_tells_nothing() {
        ParsedCode typed = new ParsedCode.WellFormed(new BackupCode("0123456789ABCDE"));

        assertThat(typed).hasToString("WellFormed[code=BackupCode[redacted]]");
    }

    @Test
    void codes_with_the_same_symbols_are_equal() {
        assertThat(new BackupCode("0123456789ABCDE"))
                .isEqualTo(new BackupCode("0123456789ABCDE"))
                .isNotEqualTo(new BackupCode("0123456789ABCDF"));
    }
}
