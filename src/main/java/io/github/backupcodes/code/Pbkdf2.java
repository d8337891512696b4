package io.github.backupcodes.code;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The slow hash PBKDF2 with HMAC-SHA-512 (NIST SP 800-132), computed by the JDK: for servers without Bouncy Castle's
 * Argon2.
 *
 * @param iterations rounds of the HMAC
 */
public record Pbkdf2(int iterations) implements SlowHash {

    /** OWASP's number for HMAC-SHA-512, and Keycloak's own. */
    public static final Pbkdf2 DEFAULT = new Pbkdf2(210_000);

    /** The name of the scheme, as it is stored. */
    public static final String ID = "pbkdf2-sha512";

    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";

    /**
     * 112 bits, the shortest input that Bouncy Castle accepts in its approved-only FIPS mode; it throws an {@code
     * Error} for shorter input. HMAC pads its key with zeros anyway, so trailing zeros do not change the hash.
     */
    private static final int MIN_INPUT_LENGTH = 14;

    /** Twice ours: some 400 ms during which an attempt occupies a slot that all realms share. */
    private static final int MAX_ITERATIONS = 420_000;

    /**
     * Checks the cost, which may come from an import.
     *
     * @throws IllegalArgumentException if it is not 1 to 420,000 rounds
     */
    public Pbkdf2 {
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException("Invalid number of PBKDF2 rounds: %d".formatted(iterations));
        }
    }

    @Override
    public String id() {
        return ID;
    }

    /** True if there are at least as many rounds as ours; always true if no slow hash is needed. */
    @Override
    public boolean suits(double bits) {
        return bits >= FAST_BITS || iterations >= DEFAULT.iterations;
    }

    @Override
    public CodeHash hash(byte[] ascii, Salt salt) {
        char[] input = new String(ascii, StandardCharsets.US_ASCII).toCharArray();
        PBEKeySpec spec = new PBEKeySpec(
                Arrays.copyOf(input, Math.max(input.length, MIN_INPUT_LENGTH)),
                salt.bytes(),
                iterations,
                CodeHash.LENGTH * Byte.SIZE);
        try {
            return new CodeHash(
                    SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is not available", e);
        } finally {
            spec.clearPassword();
        }
    }
}
