package io.github.backupcodes.credential.verify;

import io.github.backupcodes.code.BackupCode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.models.credential.dto.RecoveryAuthnCodeRepresentation;
import org.keycloak.models.credential.dto.RecoveryAuthnCodesCredentialData;
import org.keycloak.models.credential.dto.RecoveryAuthnCodesSecretData;
import org.keycloak.models.utils.RecoveryAuthnCodesUtils;
import org.keycloak.util.JsonSerialization;

/**
 * The content of a credential of Keycloak's type {@code recovery-authn-codes}: a list of the codes that are left, SHA-512 without
 * salt. Up to Keycloak 26.1 the algorithm is called RS512 there; the hash is the same. Keycloak's own form accepts only the first of
 * the list and removes it; if another one is removed, it continues with the list that is left.
 */
final class RecoveryCodesCredential {

    private static final Logger LOG = Logger.getLogger(RecoveryCodesCredential.class);

    /** Keycloak generates twelve. Every attempt compares all of them, and an import may have brought any number. */
    static final int MOST_CODES = 100;

    private final CredentialModel credential;
    private final RecoveryAuthnCodesCredentialData open;
    private final RecoveryAuthnCodesSecretData secret;

    private RecoveryCodesCredential(
            CredentialModel credential, RecoveryAuthnCodesCredentialData open, RecoveryAuthnCodesSecretData secret) {
        this.credential = credential;
        this.open = open;
        this.secret = secret;
    }

    /** Reads a credential; empty, with a warning in the log, if Keycloak would not write it like that. */
    static Optional<RecoveryCodesCredential> of(CredentialModel credential) {
        try {
            RecoveryCodesCredential codes = new RecoveryCodesCredential(
                    credential,
                    JsonSerialization.readValue(credential.getCredentialData(), RecoveryAuthnCodesCredentialData.class),
                    JsonSerialization.readValue(credential.getSecretData(), RecoveryAuthnCodesSecretData.class));
            if (codes.secret.getCodes().size() > MOST_CODES) {
                throw new IllegalArgumentException("more codes than Keycloak generates");
            }
            return Optional.of(codes);
        } catch (IOException | RuntimeException e) {
            // the cause may quote the data, so it is named but not kept
            LOG.warnf(
                    "Credential %s: cannot read these Keycloak recovery codes (%s)",
                    credential.getId(), e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** The id of the credential. */
    String id() {
        return credential.getId();
    }

    /** How many codes are left. */
    int remaining() {
        return secret.getCodes().size();
    }

    /** Whether the code is one of those left. */
    boolean has(BackupCode code) {
        return position(code) >= 0;
    }

    /** The hash of a code that is left, as Keycloak has it. */
    String hash(BackupCode code) {
        return secret.getCodes().get(position(code)).getEncodedHashedValue();
    }

    /**
     * Removes a code from the list.
     *
     * @param code one that is left
     * @return the credential without it, as Keycloak would have written it
     */
    CredentialModel without(BackupCode code) {
        secret.getCodes().remove(position(code));
        open.setRemainingCodes(remaining());
        CredentialModel after = new CredentialModel();
        after.setId(credential.getId());
        after.setType(RecoveryAuthnCodesCredentialModel.TYPE);
        after.setUserLabel(credential.getUserLabel());
        after.setCreatedDate(credential.getCreatedDate());
        try {
            after.setCredentialData(JsonSerialization.writeValueAsString(open));
            after.setSecretData(JsonSerialization.writeValueAsString(secret));
        } catch (IOException e) {
            throw new IllegalStateException("Failed to write JSON that was read before", e);
        }
        return after;
    }

    /** Compares all hashes, each in constant time, as Keycloak does. */
    private int position(BackupCode code) {
        List<RecoveryAuthnCodeRepresentation> left = secret.getCodes();
        int position = -1;
        for (int i = 0; i < left.size(); i++) {
            if (RecoveryAuthnCodesUtils.verifyRecoveryCodeInput(
                    code.symbols(), left.get(i).getEncodedHashedValue())) {
                position = i;
            }
        }
        return position;
    }

    @Override
    public String toString() {
        return "RecoveryCodesCredential[redacted]";
    }
}
