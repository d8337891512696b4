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
 * Where {@link RecoveryCodeUsage} are kept: in a credential of their own, for Keycloak refuses its own when there is one field
 * more in it. It is made by the first attempt, and is about one credential: with new recovery codes the traces start anew.
 * Whoever writes it holds the lock of the recovery codes.
 */
public final class RecoveryCodeUsageStore {

    private final KeycloakSession session;
    private final UserModel user;

    public RecoveryCodeUsageStore(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
    }

    /** Whether there is one, by the user cache. */
    boolean exists() {
        return row().isPresent();
    }

    /** Whether it is about codes of which the last was used, by the user cache. */
    boolean areOfUsedUpCodes() {
        return row().flatMap(RecoveryCodeUsageStore::open)
                .filter(open -> Boolean.TRUE.equals(open.usedUp()))
                .isPresent();
    }

    /** What there is about a credential, by the user cache: not to decide on. */
    RecoveryCodeUsage shown(String recoveryCodes) {
        return row().map(row -> read(row, recoveryCodes)).orElse(RecoveryCodeUsage.NONE);
    }

    /** What there is about a credential now. The session reads past the user cache. */
    RecoveryCodeUsage locked(String recoveryCodes) {
        return lock().map(row -> read(row, recoveryCodes)).orElse(RecoveryCodeUsage.NONE);
    }

    /** Keeps what there is about a credential. */
    void put(String recoveryCodes, RecoveryCodeUsage usage) {
        Optional<CredentialModel> row = lock();
        CredentialModel model = row.orElseGet(CredentialModel::new);
        FailedAttempts guesses = usage.failedAttempts();
        Instant until = guesses.pausedUntil();
        model.setType(CredentialTypes.RECOVERY_CODE_USAGE);
        model.setCreatedDate(Instant.now().toEpochMilli());
        String open = write(new RecoveryCodeUsage.Open(
                recoveryCodes,
                guesses.consecutive(),
                guesses.replays() == 0 ? null : guesses.replays(),
                until == null ? null : until.toString(),
                usage.usedUp() ? true : null));
        String secret = write(new RecoveryCodeUsage.Secret(usage.used()));
        // what a later version has added is about the codes that it was added for
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
     * Takes it over from an import; what the user has already is newer, and stays.
     *
     * @throws UnreadableCodeSetException when it is not what this version writes
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

    /** What cannot be read has been made by hand: there are no traces then. */
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
