package io.github.backupcodes.code;

import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * PBKDF2 with HMAC-SHA-512 (NIST SP 800-132), by the JDK: for servers without Bouncy Castle's Argon2.
 *
 * @param iterations rounds of the HMAC
 */
public record Pbkdf2(int iterations) implements HashScheme {

    /** OWASP's figure for HMAC-SHA-512, and Keycloak's own. */
    public static final Pbkdf2 DEFAULT = new Pbkdf2(210_000);

    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";

    @Override
    public CodeHash hash(BackupCode code, Salt salt) {
        PBEKeySpec spec =
                new PBEKeySpec(code.symbols().toCharArray(), salt.bytes(), iterations, CodeHash.LENGTH * Byte.SIZE);
        try {
            return new CodeHash(
                    SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        } finally {
            spec.clearPassword();
        }
    }
}
