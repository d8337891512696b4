package io.github.backupcodes.credential.verify;

import io.github.backupcodes.code.FailedAttempts;
import io.github.backupcodes.credential.model.CredentialJson;
import io.github.backupcodes.credential.model.UnknownJsonFields;
import io.github.backupcodes.credential.model.UnreadableCodeSetException;
import io.github.backupcodes.credential.store.CredentialIdQuery;
import io.github.backupcodes.credential.store.CredentialRowStore;
import io.github.backupcodes.support.CredentialTypes;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.util.JsonSerialization;

/**
 * Stores {@link RecoveryCodeUsage} in a credential of its own, because Keycloak refuses its own credential if there is one more
 * field in it. The first attempt creates it. It is about one credential: with new recovery codes the usage starts again. Those who
 * write it hold the lock of the recovery codes.
 */
public final class RecoveryCodeUsageStore {

    private final KeycloakSession session;
    private final UserModel user;

    public RecoveryCodeUsageStore(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
    }

    /** Whether there is one. Answered from the user cache. */
    boolean exists() {
        return row().isPresent();
    }

    /** Whether it is about recovery codes of which the last was used. Answered from the user cache. */
    boolean areOfUsedUpCodes() {
        return row().flatMap(RecoveryCodeUsageStore::open)
                .filter(open -> Boolean.TRUE.equals(open.usedUp()))
                .isPresent();
    }

    /** The usage of a credential in the user cache. A decision must not rest on it. */
    RecoveryCodeUsage cached(String recoveryCodes) {
        return row().map(row -> read(row, recoveryCodes)).orElse(RecoveryCodeUsage.NONE);
    }

    /** The usage of a credential in the locked row. The session must bypass the user cache. */
    RecoveryCodeUsage locked(String recoveryCodes) {
        return lock().map(row -> read(row, recoveryCodes)).orElse(RecoveryCodeUsage.NONE);
    }

    /** Writes the usage of a credential. */
    void put(String recoveryCodes, RecoveryCodeUsage usage) {
        Optional<CredentialModel> row = lock();
        CredentialModel model = row.orElseGet(CredentialModel::new);
        FailedAttempts attempts = usage.failedAttempts();
        Instant until = attempts.pausedUntil();
        model.setType(CredentialTypes.RECOVERY_CODE_USAGE);
        model.setCreatedDate(Instant.now().toEpochMilli());
        String open = write(new RecoveryCodeUsage.Open(
                recoveryCodes,
                attempts.consecutive(),
                attempts.replays() == 0 ? null : attempts.replays(),
                until == null ? null : until.toString(),
                usage.usedUp() ? true : null));
        String secret = write(new RecoveryCodeUsage.Secret(usage.used()));
        // fields that a later version has added are about the recovery codes that they were added for
        boolean sameCodes = row.flatMap(before -> open(before, recoveryCodes)).isPresent();
        model.setCredentialData(
                sameCodes
                        ? UnknownJsonFields.mergeUnknownFields(
                                RecoveryCodeUsage.Open.class, model.getCredentialData(), open)
                        : open);
        model.setSecretData(
                sameCodes
                        ? UnknownJsonFields.mergeUnknownFields(
                                RecoveryCodeUsage.Secret.class, model.getSecretData(), secret)
                        : secret);
        if (row.isPresent()) {
            new CredentialRowStore(session).update(user, model);
        } else {
            new CredentialRowStore(session).create(user, model);
        }
    }

    /**
     * Stores it from an import. If the user has one already, it is newer and stays.
     *
     * @throws UnreadableCodeSetException if it is not what this version writes
     */
    public CredentialModel importCredential(CredentialModel imported) {
        RecoveryCodeUsage.of(
                CredentialJson.object(
                        CredentialJson.PUBLIC, imported.getCredentialData(), RecoveryCodeUsage.Open.class),
                imported.getSecretData());
        return row().orElseGet(() -> {
            CredentialModel model = new CredentialModel();
            model.setType(CredentialTypes.RECOVERY_CODE_USAGE);
            model.setCreatedDate(imported.getCreatedDate());
            model.setCredentialData(imported.getCredentialData());
            model.setSecretData(imported.getSecretData());
            return user.credentialManager().createStoredCredential(model);
        });
    }

    /** Removes it. */
    void remove() {
        lock().ifPresent(row -> new CredentialRowStore(session).remove(user, row.getId()));
    }

    private Optional<CredentialModel> lock() {
        CredentialRowStore rows = new CredentialRowStore(session);
        return row().flatMap(row -> rows.lock(user, row.getId())).or(() -> new CredentialIdQuery(session, user)
                .newest(CredentialTypes.RECOVERY_CODE_USAGE)
                .flatMap(id -> rows.lock(user, id)));
    }

    private Optional<CredentialModel> row() {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(CredentialTypes.RECOVERY_CODE_USAGE)
                .findFirst();
    }

    /** An unreadable credential was created by hand, and counts as no usage. */
    private static RecoveryCodeUsage read(CredentialModel row, String recoveryCodes) {
        Optional<RecoveryCodeUsage.Open> about = open(row, recoveryCodes);
        if (about.isEmpty()) {
            return RecoveryCodeUsage.NONE;
        }
        try {
            return RecoveryCodeUsage.of(about.get(), row.getSecretData());
        } catch (UnreadableCodeSetException e) {
            return RecoveryCodeUsage.NONE;
        }
    }

    /** The open part, if it is about this credential. */
    private static Optional<RecoveryCodeUsage.Open> open(CredentialModel row, String recoveryCodes) {
        return open(row).filter(open -> recoveryCodes.equals(open.recoveryCodes()));
    }

    private static Optional<RecoveryCodeUsage.Open> open(CredentialModel row) {
        try {
            return Optional.of(CredentialJson.object(
                    CredentialJson.PUBLIC, row.getCredentialData(), RecoveryCodeUsage.Open.class));
        } catch (UnreadableCodeSetException e) {
            return Optional.empty();
        }
    }

    private static String write(Object data) {
        try {
            return JsonSerialization.writeValueAsString(data);
        } catch (IOException e) {
            throw new IllegalStateException("A record of strings and numbers can be written as JSON", e);
        }
    }
}
