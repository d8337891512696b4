package io.github.backupcodes.code;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Pbkdf2Test {

    private static final HexFormat HEX = HexFormat.of();

    /**
     * C2SP/wycheproof, testvectors_v1/pbkdf2_hmacsha512_test.json, tests 5, 6, 11 and 12: those of printable input with a
     * salt of 16 bytes and enough output, of which a hash is the first 32 bytes. The input of the first two is shorter than
     * 14 characters, that of the others longer.
     */
    @ParameterizedTest
    @CsvSource({
        "4939745242645168, 0a3bb93c0de86a174ab005b8089706ab,"
                + "8c9a9843f6c108ad5b95d872bd93f1afd8001871e24ae03100ab33a47b3bf923",
        "6f4f4d37324f6330, 3827c3b6b1e6de7aab096eb75e23610d,"
                + "0159b91e667079e448ae9707f9d538fcc4f297165f6fc85b2966f951669600ee",
        "75507078436d7536577a68535030553947, 874d7cc9369ff9988642ffe05a7f2153,"
                + "f6db4aec63695dfa52aa449120b118ef399ed5efa73c3f59c7aa08cd3cd0aa44",
        "6f39505350597a445349783365374d7063, 1569909588ec25a3afa147cb7fff9fb1,"
                + "b8b2e382821089b02c972c1ca1495bc8d021fabe77733335555c6b27c4a6e730"
    })
    void the_hash_of_a_code_agrees_with_the_vectors_of_wycheproof(String input, String salt, String output) {
        BackupCode code = new BackupCode(new String(HEX.parseHex(input), US_ASCII));

        assertThat(new Pbkdf2(4096)
                        .hash(code, new Salt(HEX.parseHex(salt)), HashKeySource.NONE)
                        .bytes())
                .isEqualTo(HEX.parseHex(output));
    }

    @Test
    void the_default_is_210_000_rounds() {
        assertThat(Pbkdf2.DEFAULT).isEqualTo(new Pbkdf2(210_000));
    }

    @Test
    void another_cost_gives_another_hash() {
        BackupCode code = RandomCodes.ten().get(0);

        assertThat(new Pbkdf2(1).hash(code, RandomCodes.SALT, HashKeySource.NONE))
                .isNotEqualTo(new Pbkdf2(2).hash(code, RandomCodes.SALT, HashKeySource.NONE));
    }

    @Test
    void a_cost_that_makes_no_sense_is_refused_without_naming_the_code() {
        BackupCode code = RandomCodes.ten().get(0);

        assertThatThrownBy(() -> new Pbkdf2(420_001)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Pbkdf2(420_000).iterations()).isEqualTo(420_000);
        assertThatThrownBy(() -> new Pbkdf2(0).hash(code, RandomCodes.SALT, HashKeySource.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(code.symbols());
    }
}
