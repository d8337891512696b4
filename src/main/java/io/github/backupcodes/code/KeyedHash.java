package io.github.backupcodes.code;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HMAC-SHA-256 with a key that is stored apart from the hashes: a thief who has only the database cannot test a single
 * guess (NIST SP 800-63B-4, 3.1.1.2). It is applied before a slow hash, so that a thief of both database and key still
 * pays for each guess; for codes of 112 bits or more, which cannot be guessed, it stands alone (3.1.2; OWASP ASVS 5.0,
 * 6.5.2).
 *
 * @param keyId the id of the key
 * @param slow  the slow hash that follows; null if the keyed hash stands alone
 */
public record KeyedHash(String keyId, @Nullable SlowHash slow) implements HashScheme {

    /** The name of the standalone scheme; otherwise the name of the slow hash follows it. */
    public static final String ID = "hmac-sha256";

    /** The prefix of the name of a scheme with a slow hash. */
    public static final String BEFORE = ID + "+";

    /** Stands alone, for codes of {@link HashScheme#FAST_BITS} or more. */
    static KeyedHash standalone(String keyId) {
        return new KeyedHash(keyId, null);
    }

    /** Is applied before a slow hash. */
    static KeyedHash inFrontOf(SlowHash slow, String keyId) {
        return new KeyedHash(keyId, slow);
    }

    @Override
    public String id() {
        return slow == null ? ID : BEFORE + slow.id();
    }

    @Override
    public boolean suits(double bits) {
        return slow == null ? bits >= FAST_BITS : slow.suits(bits);
    }

    @Override
    public List<CodeHash> hash(List<BackupCode> codes, Salt salt, HashKeySource keys) {
        List<byte[]> hmacs;
        try (HashKey key = keys.get(keyId)) {
            hmacs = codes.stream().map(code -> key.hmac(salt, code)).toList();
        }
        return slow == null
                ? hmacs.stream().map(CodeHash::new).toList()
                : slow.hashAll(hmacs.stream().map(KeyedHash::ascii).toList(), salt);
    }

    @Override
    public CodeHash hash(BackupCode code, Salt salt, HashKeySource keys) {
        byte[] hmac;
        try (HashKey key = keys.get(keyId)) {
            hmac = key.hmac(salt, code);
        }
        return slow == null ? new CodeHash(hmac) : slow.hash(ascii(hmac), salt);
    }

    /** In hexadecimal, because password hashes take text. */
    private static byte[] ascii(byte[] hmac) {
        return HexFormat.of().formatHex(hmac).getBytes(StandardCharsets.US_ASCII);
    }
}
