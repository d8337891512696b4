package io.github.backupcodes.challenge;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * Value object: the key of an entry among Keycloak's single-use objects. It has about 50 characters (the JPA store allows 255), never
 * ends in {@code .revoked}, which Keycloak reserves for tokens, and contains no id of a person or session: administrators of the
 * store see hashes.
 *
 * @param value the key
 */
public record SingleUseKey(String value) {

    /** What the keys of all entries of this extension begin with. */
    public static final String PREFIX = "bc:";

    /**
     * The key of an entry.
     *
     * @param kind  two letters for the kind of entry; entries of different kinds never collide
     * @param parts what identifies the entry within its kind
     */
    public static SingleUseKey of(String kind, String... parts) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(PartsEncoding.join(List.of(parts)));
            return new SingleUseKey(PREFIX + kind + ":"
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
