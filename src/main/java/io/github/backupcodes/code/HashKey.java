package io.github.backupcodes.code;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret key for the hashes, stored apart from them (NIST SP 800-63B-4, 3.1.1.2). It is in memory only while it is
 * used, is overwritten when it is closed, and prints itself redacted.
 */
public final class HashKey implements AutoCloseable {

    /** The minimum number of bytes: the length of the hash. */
    public static final int MIN_LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] bytes;

    /**
     * Wraps a key that was just read from where it is stored.
     *
     * @param bytes the key, which is copied
     * @throws IllegalArgumentException if it has fewer than {@value #MIN_LENGTH} bytes
     */
    public HashKey(byte[] bytes) {
        if (bytes.length < MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "A key must have at least %d bytes, but has %d".formatted(MIN_LENGTH, bytes.length));
        }
        this.bytes = bytes.clone();
    }

    /** HMAC-SHA-256 (FIPS 198-1) over the salt, whose length is fixed, and the normal form of the code: 32 bytes. */
    byte[] hmac(Salt salt, BackupCode code) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            mac.update(salt.bytes());
            return mac.doFinal(code.bytes());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is not available", e);
        }
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "HashKey[redacted]";
    }
}
