package io.github.backupcodes.code;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * PBKDF2 with HMAC-SHA-512 (NIST SP 800-132), by the JDK: for servers without Bouncy Castle's Argon2.
 *
 * @param iterations rounds of the HMAC
 */
public record Pbkdf2(int iterations) implements SlowHash {

    /** OWASP's figure for HMAC-SHA-512, and Keycloak's own. */
    public static final Pbkdf2 DEFAULT = new Pbkdf2(210_000);

    /** The name of the scheme. */
    public static final String ID = "pbkdf2-sha512";

    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";

    /**
     * 112 bits, the shortest input that Bouncy Castle takes in its approved-only FIPS mode; it throws an {@code Error} on
     * less. HMAC fills its key up with zeros anyway, so trailing zeros do not change the hash.
     */
    private static final int SHORTEST_INPUT = 14;

    /** Twice ours: some 400 ms for which an attempt has a place that all realms share. */
    private static final int MOST_ITERATIONS = 420_000;

    /**
     * Checks the cost, which may come from an import.
     *
     * @throws IllegalArgumentException when it is not 1 to 420,000 rounds
     */
    public Pbkdf2 {
        if (iterations < 1 || iterations > MOST_ITERATIONS) {
            throw new IllegalArgumentException("Invalid number of PBKDF2 rounds: %d".formatted(iterations));
        }
    }

    @Override
    public String id() {
        return ID;
    }

    /** At least as many rounds as ours; any number where no slow hash is needed. */
    @Override
    public boolean suits(double bits) {
        return bits >= FAST_BITS || iterations >= DEFAULT.iterations;
    }

    @Override
    public CodeHash hash(byte[] ascii, Salt salt) {
        char[] input = new String(ascii, StandardCharsets.US_ASCII).toCharArray();
        PBEKeySpec spec = new PBEKeySpec(
                Arrays.copyOf(input, Math.max(input.length, SHORTEST_INPUT)),
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
