package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.ChallengeScope;
import io.github.backupcodes.challenge.VerificationCode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyStatus;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * A key of the realm that codes are derived with: a sub-key of one of its HS512 keys, with which Keycloak signs action tokens. Who has
 * that key can forge these anyway. It is only looked up: {@code KeyManager.getActiveKey} would create a missing key in the middle of a
 * sign-in.
 */
public final class ChallengeKey {

    private static final String MAC = "HmacSHA256";
    private static final String LABEL = "backup-codes/challenge";

    private final String id;
    private final byte[] key;

    private ChallengeKey(String id, byte[] key) {
        this.id = id;
        this.key = key;
    }

    /** The key for new challenges; empty if the realm has none, so that nothing can be sent. */
    public static Optional<ChallengeKey> current(KeycloakSession session, RealmModel realm) {
        return keys(session, realm)
                .filter(wrapper -> wrapper.getStatus() == KeyStatus.ACTIVE)
                .max(Comparator.comparingLong(KeyWrapper::getProviderPriority))
                .map(ChallengeKey::of);
    }

    /** The key of an earlier challenge; empty if the realm no longer has it: its code counts as expired. */
    public static Optional<ChallengeKey> find(KeycloakSession session, RealmModel realm, String id) {
        return keys(session, realm)
                .filter(wrapper -> id.equals(wrapper.getKid()))
                .findFirst()
                .map(ChallengeKey::of);
    }

    private static Stream<KeyWrapper> keys(KeycloakSession session, RealmModel realm) {
        return session.keys()
                .getKeysStream(realm, KeyUse.SIG, Algorithm.HS512)
                .filter(wrapper ->
                        wrapper.getStatus() != null && wrapper.getStatus().isEnabled());
    }

    private static ChallengeKey of(KeyWrapper wrapper) {
        return new ChallengeKey(wrapper.getKid(), subKey(wrapper.getSecretKey().getEncoded(), LABEL));
    }

    private static byte[] subKey(byte[] key, String label) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac.doFinal(label.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
        }
    }

    /** The id, which is stored with a challenge. */
    public String id() {
        return id;
    }

    /**
     * A key of 256 bits for another purpose.
     *
     * @param label of the purpose
     */
    byte[] subKey(String label) {
        return subKey(key, label);
    }

    /** The code of a challenge. */
    public VerificationCode code(ChallengeScope scope, String nonce, int length) {
        return VerificationCode.derive(key, scope, nonce, length);
    }
}
