package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeHashTest {

    @Test
    void a_hash_gives_back_its_bytes() {
        assertThat(new CodeHash(bytes(7)).bytes()).isEqualTo(bytes(7));
    }

    @Test
    void a_hash_cannot_be_changed_from_outside() {
        byte[] source = bytes(7);
        CodeHash hash = new CodeHash(source);
        source[0] = 1;
        hash.bytes()[1] = 1;

        assertThat(hash.bytes()).isEqualTo(bytes(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 64})
    void a_hash_of_another_length_is_refused(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CodeHash(new byte[length]))
                .withMessage("A hash must have 32 bytes, but has " + length);
    }

    @Test
    void two_of_the_same_bytes_are_equal() {
        assertThat(new CodeHash(bytes(7))).isEqualTo(new CodeHash(bytes(7))).hasSameHashCodeAs(new CodeHash(bytes(7)));
    }

    @Test
    void a_single_other_bit_makes_a_difference() {
        for (int bit = 0; bit < CodeHash.LENGTH * Byte.SIZE; bit++) {
            byte[] other = bytes(7);
            other[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(new CodeHash(other)).isNotEqualTo(new CodeHash(bytes(7)));
        }
    }

    @Test
    void the_hash_code_follows_the_bytes() {
        assertThat(new CodeHash(bytes(7)).hashCode()).isNotEqualTo(new CodeHash(bytes(8)).hashCode());
    }

    @Test
    void nothing_of_another_type_is_equal() {
        assertThat(new CodeHash(bytes(7))).isNotEqualTo("a hash").isNotEqualTo(null);
    }

    @Test
    void printing_a_hash_tells_nothing() {
        assertThat(new CodeHash(bytes(7))).hasToString("CodeHash[redacted]");
    }

    private static byte[] bytes(int value) {
        byte[] bytes = new byte[CodeHash.LENGTH];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
