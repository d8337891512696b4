package io.github.backupcodes.code;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Value object: the salt of a set, 128 bits; NIST SP 800-63B-4, 3.1.2 requires at least 32.
 *
 * <p>All codes of a set share it, so that an attempt costs one slow hash regardless of the number of codes. The price:
 * a thief of the n hashes of a set tests a guess against all of them at once, which saves at most log2(n) bits: 3.3 of
 * 70 bits for 10 codes, 66.7 remain. Nothing is shared between sets.
 */
public final class Salt {

    /** The length in bytes. */
    public static final int LENGTH = 16;

    private final byte[] bytes;

    /**
     * Wraps a salt that was read from storage.
     *
     * @throws IllegalArgumentException if it is not {@value #LENGTH} bytes long
     */
    public Salt(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("A salt must have %d bytes, but has %d".formatted(LENGTH, bytes.length));
        }
        this.bytes = bytes.clone();
    }

    /** Creates a new salt. */
    public static Salt random(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new Salt(bytes);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Salt salt && Arrays.equals(bytes, salt.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
