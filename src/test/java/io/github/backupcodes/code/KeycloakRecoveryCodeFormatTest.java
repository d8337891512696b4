package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.utils.RecoveryAuthnCodesUtils;

class KeycloakRecoveryCodeFormatTest {

    @Test
    void every_code_that_keycloak_makes_is_read_as_it_is() {
        List<String> codes = RecoveryAuthnCodesUtils.generateRawCodes();
        assertThat(codes).allSatisfy(code -> {
            assertThat(read(code)).isEqualTo(code);
            assertThat(read("\u200e " + code.substring(0, 4).toLowerCase(Locale.ROOT) + "-" + code.substring(4) + "\n"))
                    .isEqualTo(code);
            assertThat(read("12. \"" + code.replace('1', '\u0661') + "\"")).isEqualTo(code);
        });
    }

    @Test
    void the_symbols_are_those_of_keycloak_and_none_is_read_as_another() {
        for (char symbol = 0; symbol < 128; symbol++) {
            String code = String.valueOf(symbol).repeat(KeycloakRecoveryCodeFormat.LENGTH);
            boolean known = new String(RecoveryAuthnCodesUtils.UPPERNUM).indexOf(Character.toUpperCase(symbol)) >= 0;
            assertThat(KeycloakRecoveryCodeFormat.parse(code) instanceof ParsedCode.WellFormed)
                    .as("%d", (int) symbol)
                    .isEqualTo(known);
            if (known) {
                assertThat(read(code)).isEqualTo(code.toUpperCase(Locale.ROOT));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY",
        "' - ', EMPTY",
        "ABCDEFGHIJK, LENGTH",
        "ABCDEFGHIJKLM, LENGTH",
        "ABCDEFGHIJK0, SYMBOL",
        "ABCDEFGHIJKO, SYMBOL",
        "ABCDEFGHIJKÄ, SYMBOL"
    })
    void what_cannot_be_one_is_told(String typed, ParsedCode.Malformed how) {
        assertThat(KeycloakRecoveryCodeFormat.parse(typed)).isEqualTo(how);
    }

    @Test
    void very_long_input_is_not_read() {
        assertThat(KeycloakRecoveryCodeFormat.parse(" ".repeat(129))).isEqualTo(ParsedCode.Malformed.LENGTH);
    }

    private static String read(String typed) {
        return ((ParsedCode.WellFormed) KeycloakRecoveryCodeFormat.parse(typed))
                .code()
                .symbols();
    }
}
