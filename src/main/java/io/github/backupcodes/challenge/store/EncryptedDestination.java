package io.github.backupcodes.challenge.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Encrypts an address or number between two pages of a set-up, before it stands in a credential: the store of authentication sessions
 * must not reveal personal data. AES-GCM (NIST SP 800-38D) with a sub-key of the realm and a random IV, bound to one sign-in.
 */
public final class EncryptedDestination {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final String LABEL = "backup-codes/destination";
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeycloakSession session;
    private final RealmModel realm;
    private final byte[] signInId;

    /**
     * Takes the sign-in.
     *
     * @param signInId the id of its root authentication session: the text can be read in no other
     */
    public EncryptedDestination(KeycloakSession session, String signInId) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.signInId = signInId.getBytes(StandardCharsets.UTF_8);
    }

    /** The text for a note; empty if the realm has no key, so that nothing can be sent either. */
    public Optional<String> encrypt(String destination) {
        return ChallengeKey.current(session, realm).map(key -> {
            byte[] iv = new byte[IV_BYTES];
            RANDOM.nextBytes(iv);
            try {
                byte[] text =
                        cipher(Cipher.ENCRYPT_MODE, key, iv).doFinal(destination.getBytes(StandardCharsets.UTF_8));
                byte[] all = ByteBuffer.allocate(IV_BYTES + text.length)
                        .put(iv)
                        .put(text)
                        .array();
                return key.id() + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has AES-GCM", e);
            }
        });
    }

    /** The destination; empty if there is no note, if it is of another sign-in, or if its key has gone. */
    public Optional<String> decrypt(@Nullable String note) {
        if (note == null) {
            return Optional.empty();
        }
        int dot = Math.max(0, note.lastIndexOf('.'));
        return ChallengeKey.find(session, realm, note.substring(0, dot))
                .flatMap(key -> decrypt(key, note.substring(dot + 1)));
    }

    private Optional<String> decrypt(ChallengeKey key, String encoded) {
        try {
            byte[] all = Base64.getUrlDecoder().decode(encoded);
            if (all.length <= IV_BYTES) {
                return Optional.empty();
            }
            byte[] iv = new byte[IV_BYTES];
            System.arraycopy(all, 0, iv, 0, IV_BYTES);
            byte[] text = cipher(Cipher.DECRYPT_MODE, key, iv).doFinal(all, IV_BYTES, all.length - IV_BYTES);
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, ChallengeKey key, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(key.subKey(LABEL), "AES"), new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(signInId);
        return cipher;
    }
}
