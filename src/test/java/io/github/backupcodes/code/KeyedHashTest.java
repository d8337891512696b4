package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class KeyedHashTest {

    private static final Argon2id QUICK = new Argon2id(8, 1, 1);
    private static final CodeFormat LONG = new CodeFormat(Alphabet.BASE32, 24);
    private static final Map<String, byte[]> BYTES = Map.of("k1", filled(1), "k2", filled(2));
    private static final HashKeySource KEYS = id ->
            Optional.ofNullable(BYTES.get(id)).map(HashKey::new).orElseThrow(() -> new HashKeyMissingException(id));

    private final Salt salt = Salt.random(SeededRandom.of(1));
    private final List<BackupCode> codes = new CodeGenerator(SeededRandom.of(2)).generate(LONG, 5);

    private static byte[] filled(int value) {
        byte[] bytes = new byte[HashKey.MIN_LENGTH];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    /** RFC 4231 has no key of 32 bytes; this is `openssl dgst -sha256 -mac HMAC` over 16 zero bytes and "ABC". */
    @Test
    void the_hmac_agrees_with_openssl() {
        try (HashKey key = new HashKey(filled(0x0b))) {
            assertThat(HexFormat.of().formatHex(key.hmac(new Salt(new byte[Salt.LENGTH]), new BackupCode("ABC"))))
                    .isEqualTo("01a693406105c733f81ef4185958603cb78c231a4259bd92be741f1f3e0221c2");
        }
    }

    @Test
    void alone_it_is_the_hmac_of_salt_and_code() throws GeneralSecurityException {
        for (BackupCode code : codes) {
            assertThat(KeyedHash.standalone("k1").hash(code, salt, KEYS))
                    .isEqualTo(new CodeHash(hmac(filled(1), salt.bytes(), code.bytes())));
        }
        assertThat(KeyedHash.standalone("k1").id()).isEqualTo("hmac-sha256");
    }

    @Test
    void before_a_slow_hash_that_one_gets_the_hmac_in_hexadecimal() throws GeneralSecurityException {
        byte[] hmac = hmac(filled(1), salt.bytes(), codes.get(0).bytes());
        byte[] hex = HexFormat.of().formatHex(hmac).getBytes(StandardCharsets.US_ASCII);

        assertThat(KeyedHash.inFrontOf(QUICK, "k1").hash(codes.get(0), salt, KEYS))
                .isEqualTo(QUICK.hash(hex, salt));
        assertThat(KeyedHash.inFrontOf(QUICK, "k1").id()).isEqualTo("hmac-sha256+argon2id");
        assertThat(KeyedHash.inFrontOf(new Pbkdf2(1), "k1").id()).isEqualTo("hmac-sha256+pbkdf2-sha512");
    }

    @Test
    void the_hashes_of_a_set_are_those_of_its_codes_in_their_order() {
        for (HashScheme scheme : List.of(KeyedHash.standalone("k2"), KeyedHash.inFrontOf(QUICK, "k2"), QUICK)) {
            assertThat(scheme.hash(codes, salt, KEYS))
                    .isEqualTo(codes.stream()
                            .map(code -> scheme.hash(code, salt, KEYS))
                            .toList());
        }
    }

    @Test
    void another_key_another_salt_or_another_code_gives_another_hash() {
        Salt other = Salt.random(SeededRandom.of(3));
        assertThat(List.of(
                        KeyedHash.standalone("k1").hash(codes.get(0), salt, KEYS),
                        KeyedHash.standalone("k2").hash(codes.get(0), salt, KEYS),
                        KeyedHash.standalone("k1").hash(codes.get(1), salt, KEYS),
                        KeyedHash.standalone("k1").hash(codes.get(0), other, KEYS)))
                .doesNotHaveDuplicates();
    }

    @Test
    void without_its_key_nothing_is_hashed() {
        assertThatThrownBy(() -> KeyedHash.standalone("k3").hash(codes, salt, KEYS))
                .isInstanceOf(HashKeyMissingException.class)
                .hasMessageContaining("id k3");
        assertThatThrownBy(() -> KeyedHash.inFrontOf(QUICK, "k1").hash(codes.get(0), salt, HashKeySource.NONE))
                .isInstanceOf(HashKeyMissingException.class);
    }

    @Test
    void a_short_key_is_refused_and_none_is_printed() {
        assertThatThrownBy(() -> new HashKey(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        try (HashKey key = new HashKey(filled(7))) {
            assertThat(key).hasToString("HashKey[redacted]");
        }
    }

    @Test
    void a_closed_key_is_overwritten() {
        HashKey key = new HashKey(filled(7));
        byte[] before = key.hmac(salt, codes.get(0));
        key.close();
        assertThat(key.hmac(salt, codes.get(0))).isNotEqualTo(before);
    }

    @Test
    void the_key_alone_is_for_codes_of_112_bits() {
        assertThat(HashScheme.forSet(LONG, 8, "k1", true)).isEqualTo(KeyedHash.standalone("k1"));
        assertThat(HashScheme.forSet(new CodeFormat(Alphabet.BASE32, 23), 1, "k1", true))
                .isEqualTo(KeyedHash.inFrontOf(Argon2id.STRONG_CODES, "k1"));
        assertThat(HashScheme.forSet(CodeFormat.SHORT, 10, "k1", true))
                .isEqualTo(KeyedHash.inFrontOf(Argon2id.WEAK_CODES, "k1"));
        assertThat(HashScheme.forSet(LONG, 8, null, true)).isEqualTo(Argon2id.STRONG_CODES);
    }
}
