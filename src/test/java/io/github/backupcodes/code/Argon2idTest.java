package io.github.backupcodes.code;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Argon2idTest {

    private static final Salt TWOS = new Salt(filled(16, 2));

    /** RFC 9106, section 5.3: it has a secret and associated data, which codes do without. */
    @Test
    void the_generator_of_bouncy_castle_gives_the_tag_of_rfc_9106() {
        byte[] tag = generate(
                parameters(32, 3, 4, filled(16, 2)).withSecret(filled(8, 3)).withAdditional(filled(12, 4)),
                filled(32, 1));

        assertThat(tag).isEqualTo(hex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"));
    }

    /**
     * The Argon2id vectors of the reference implementation (P-H-C/phc-winner-argon2, src/test.c) that need little memory.
     * Their salt, of 8 bytes, is too short for a set.
     */
    @ParameterizedTest
    @CsvSource({
        "256, 2, 1, 9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
        "256, 2, 2, 6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037",
        "65536, 1, 1, f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98"
    })
    void the_generator_of_bouncy_castle_agrees_with_the_reference_implementation(
            int memoryKib, int iterations, int parallelism, String tag) {
        byte[] salt = "somesalt".getBytes(US_ASCII);

        assertThat(generate(parameters(memoryKib, iterations, parallelism, salt), "password".getBytes(US_ASCII)))
                .isEqualTo(hex(tag));
    }

    /** The input, salt and cost of RFC 9106, section 5.3, without its secret and data: OpenSSL, evpkdf_argon2.txt. */
    @Test
    void the_hash_of_a_code_agrees_with_the_vector_of_openssl() {
        BackupCode code = new BackupCode(new String(filled(32, 1), US_ASCII));

        assertThat(new Argon2id(32, 3, 4).hash(code, TWOS, HashKeySource.NONE).bytes())
                .isEqualTo(hex("03aab965c12001c9d7d0d2de33192c0494b684bb148196d73c1df1acaf6d0c2e"));
    }

    /** The same source. */
    @Test
    void the_hash_of_nothing_agrees_with_the_vector_of_openssl() {
        assertThat(new Argon2id(32, 3, 4)
                        .hash(new BackupCode(""), TWOS, HashKeySource.NONE)
                        .bytes())
                .isEqualTo(hex("0a34f1abde67086c82e785eaf17c68382259a264f4e61b91cd2763cb75ac189a"));
    }

    /**
     * Made with the reference implementation:
     * {@code echo -n C0DE5ARE0NEV1M4 | argon2 0123456789abcdef -id -t 1 -k 7168 -p 1 -l 32 -r}.
     */
    @Test
    void a_strong_code_is_hashed_as_the_reference_implementation_does() {
        assertThat(Argon2id.STRONG_CODES).isEqualTo(new Argon2id(7168, 1, 1));
        assertThat(hashOfExample(Argon2id.STRONG_CODES))
                .isEqualTo(hex("a9a0518c4fd4d1e4690fe265c1b7f38a9ee43b4e1ae61fe38f1c294e5bff1291"));
    }

    /** The same with {@code -t 5}. */
    @Test
    void a_weak_code_is_hashed_as_the_reference_implementation_does() {
        assertThat(Argon2id.WEAK_CODES).isEqualTo(new Argon2id(7168, 5, 1));
        assertThat(hashOfExample(Argon2id.WEAK_CODES))
                .isEqualTo(hex("4d94790c0850085c6aeeca8d08486df8b5d5e0c91ad29ae3c5867c18b9990103"));
    }

    @Test
    void another_code_or_another_salt_gives_another_hash() {
        BackupCode code = RandomCodes.ten().get(0);
        CodeHash hash = RandomCodes.QUICK.hash(code, TWOS, HashKeySource.NONE);

        assertThat(RandomCodes.QUICK.hash(code, TWOS, HashKeySource.NONE)).isEqualTo(hash);
        assertThat(RandomCodes.QUICK.hash(RandomCodes.ten().get(1), TWOS, HashKeySource.NONE))
                .isNotEqualTo(hash);
        assertThat(RandomCodes.QUICK.hash(code, RandomCodes.SALT, HashKeySource.NONE))
                .isNotEqualTo(hash);
    }

    @Test
    void it_is_available_where_bouncy_castle_is() {
        assertThat(Argon2id.isAvailable()).isTrue();
    }

    private static byte[] hashOfExample(Argon2id scheme) {
        return scheme.hash(
                        new BackupCode("C0DE5ARE0NEV1M4"),
                        new Salt("0123456789abcdef".getBytes(US_ASCII)),
                        HashKeySource.NONE)
                .bytes();
    }

    @ParameterizedTest
    @CsvSource({
        "71681, 1, 1",
        "7168, 11, 1",
        "8, 8961, 1",
        "2147483647, 2147483647, 1",
        "40, 1, 5",
        "7, 1, 1",
        "8, 0, 1",
        "8, 1, 0",
        "15, 1, 2"
    })
    void a_cost_that_nobody_would_choose_is_refused(int memoryKib, int iterations, int parallelism) {
        assertThatThrownBy(() -> new Argon2id(memoryKib, iterations, parallelism))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"71680, 1, 1", "7168, 10, 1", "8, 8960, 1", "32, 1, 4", "8, 1, 1", "16, 1, 2"})
    void a_cost_up_to_the_bounds_is_taken(int memoryKib, int iterations, int parallelism) {
        assertThatCode(() -> new Argon2id(memoryKib, iterations, parallelism)).doesNotThrowAnyException();
    }

    private static Argon2Parameters.Builder parameters(int memoryKib, int iterations, int parallelism, byte[] salt) {
        return new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(iterations)
                .withParallelism(parallelism)
                .withSalt(salt);
    }

    private static byte[] generate(Argon2Parameters.Builder parameters, byte[] input) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters.build());
        byte[] tag = new byte[32];
        generator.generateBytes(input, tag);
        return tag;
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
