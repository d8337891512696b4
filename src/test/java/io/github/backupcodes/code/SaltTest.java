package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaltTest {

    @Test
    void a_salt_gives_back_its_bytes() {
        assertThat(new Salt(bytes(7)).bytes()).isEqualTo(bytes(7));
    }

    @Test
    void a_salt_cannot_be_changed_from_outside() {
        byte[] source = bytes(7);
        Salt salt = new Salt(source);
        source[0] = 1;
        salt.bytes()[1] = 1;

        assertThat(salt.bytes()).isEqualTo(bytes(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17, 64})
    void a_salt_of_another_length_is_refused(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Salt(new byte[length]))
                .withMessage("A salt must have 16 bytes, but has " + length);
    }

    @Test
    void two_of_the_same_bytes_are_equal() {
        assertThat(new Salt(bytes(7))).isEqualTo(new Salt(bytes(7))).hasSameHashCodeAs(new Salt(bytes(7)));
    }

    @Test
    void a_single_other_bit_makes_a_difference() {
        for (int bit = 0; bit < Salt.LENGTH * Byte.SIZE; bit++) {
            byte[] other = bytes(7);
            other[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(new Salt(other)).isNotEqualTo(new Salt(bytes(7)));
        }
    }

    @Test
    void the_hash_code_follows_the_bytes() {
        assertThat(new Salt(bytes(7)).hashCode()).isNotEqualTo(new Salt(bytes(8)).hashCode());
    }

    @Test
    void nothing_of_another_type_is_equal() {
        assertThat(new Salt(bytes(7))).isNotEqualTo("a salt").isNotEqualTo(null);
    }

    @Test
    void a_new_salt_is_drawn_at_random() {
        Salt salt = Salt.random(SeededRandom.of(1));

        assertThat(salt).isEqualTo(Salt.random(SeededRandom.of(1))).isNotEqualTo(Salt.random(SeededRandom.of(2)));
        assertThat(salt.bytes()).isNotEqualTo(new byte[Salt.LENGTH]);
    }

    private static byte[] bytes(int value) {
        byte[] bytes = new byte[Salt.LENGTH];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
