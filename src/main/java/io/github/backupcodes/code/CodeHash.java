package io.github.backupcodes.code;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Value object: the hash of a code, 256 bits. Compared in constant time (OWASP ASVS 5.0, 11.2.4) and redacted when
 * printed.
 */
public final class CodeHash {

    /** The length in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    /**
     * Wraps a hash that was just computed or read from storage.
     *
     * @throws IllegalArgumentException if it is not {@value #LENGTH} bytes long
     */
    public CodeHash(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("A hash must have %d bytes, but has %d".formatted(LENGTH, bytes.length));
        }
        this.bytes = bytes.clone();
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodeHash hash && MessageDigest.isEqual(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "CodeHash[redacted]";
    }
}
