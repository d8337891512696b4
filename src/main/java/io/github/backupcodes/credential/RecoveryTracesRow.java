package io.github.backupcodes.credential;

import io.github.backupcodes.code.Guesses;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.util.JsonSerialization;

/**
 * Where {@link RecoveryTraces} are kept: in a credential of their own, for Keycloak refuses its own when there is one field
 * more in it. It is made by the first attempt, and is about one credential: with new recovery codes the traces start anew.
 * Whoever writes it holds the lock of the recovery codes.
 */
final class RecoveryTracesRow {

    /** The type of the credential. */
    static final String TYPE = "backup-codes-recovery";

    private final KeycloakSession session;
    private final UserModel user;

    RecoveryTracesRow(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
    }

    /** Whether there is one, by the user cache. */
    boolean exists() {
        return row().isPresent();
    }

    /** Whether it is about codes of which the last was used, by the user cache. */
    boolean areOfUsedUpCodes() {
        return row().flatMap(RecoveryTracesRow::open)
                .filter(open -> Boolean.TRUE.equals(open.usedUp()))
                .isPresent();
    }

    /** What there is about a credential, by the user cache: not to decide on. */
    RecoveryTraces shown(String recoveryCodes) {
        return row().map(row -> read(row, recoveryCodes)).orElse(RecoveryTraces.NONE);
    }

    /** What there is about a credential now. The session reads past the user cache. */
    RecoveryTraces locked(String recoveryCodes) {
        return lock().map(row -> read(row, recoveryCodes)).orElse(RecoveryTraces.NONE);
    }

    /** Keeps what there is about a credential. */
    void put(String recoveryCodes, RecoveryTraces traces) {
        Optional<CredentialModel> row = lock();
        CredentialModel model = row.orElseGet(CredentialModel::new);
        Guesses guesses = traces.guesses();
        Instant until = guesses.pausedUntil();
        model.setType(TYPE);
        model.setCreatedDate(Instant.now().toEpochMilli());
        String open = write(new RecoveryTraces.Open(
                recoveryCodes,
                guesses.inARow(),
                guesses.replays() == 0 ? null : guesses.replays(),
                until == null ? null : until.toString(),
                traces.usedUp() ? true : null));
        String secret = write(new RecoveryTraces.Secret(traces.used()));
        // what a later version has added is about the codes that it was added for
        boolean sameCodes = row.flatMap(before -> open(before, recoveryCodes)).isPresent();
        model.setCredentialData(
                sameCodes ? LaterFields.kept(RecoveryTraces.Open.class, model.getCredentialData(), open) : open);
        model.setSecretData(
                sameCodes ? LaterFields.kept(RecoveryTraces.Secret.class, model.getSecretData(), secret) : secret);
        if (row.isPresent()) {
            new CredentialRow(session).update(user, model);
        } else {
            new CredentialRow(session).create(user, model);
        }
    }

    /**
     * Takes it over from an import; what the user has already is newer, and stays.
     *
     * @throws UnreadableSetException when it is not what this version writes
     */
    CredentialModel take(CredentialModel imported) {
        RecoveryTraces.of(
                CredentialJson.object(CredentialJson.PUBLIC, imported.getCredentialData(), RecoveryTraces.Open.class),
                imported.getSecretData());
        return row().orElseGet(() -> {
            CredentialModel model = new CredentialModel();
            model.setType(TYPE);
            model.setCreatedDate(imported.getCreatedDate());
            model.setCredentialData(imported.getCredentialData());
            model.setSecretData(imported.getSecretData());
            return user.credentialManager().createStoredCredential(model);
        });
    }

    /** Removes it. */
    void remove() {
        lock().ifPresent(row -> new CredentialRow(session).remove(user, row.getId()));
    }

    private Optional<CredentialModel> lock() {
        CredentialRow rows = new CredentialRow(session);
        return row().flatMap(row -> rows.lock(user, row.getId()))
                .or(() -> new CredentialIds(session, user).newest(TYPE).flatMap(id -> rows.lock(user, id)));
    }

    private Optional<CredentialModel> row() {
        return user.credentialManager().getStoredCredentialsByTypeStream(TYPE).findFirst();
    }

    /** What cannot be read has been made by hand: there are no traces then. */
    private static RecoveryTraces read(CredentialModel row, String recoveryCodes) {
        Optional<RecoveryTraces.Open> about = open(row, recoveryCodes);
        if (about.isEmpty()) {
            return RecoveryTraces.NONE;
        }
        try {
            return RecoveryTraces.of(about.get(), row.getSecretData());
        } catch (UnreadableSetException e) {
            return RecoveryTraces.NONE;
        }
    }

    /** The open part, if it is about this credential. */
    private static Optional<RecoveryTraces.Open> open(CredentialModel row, String recoveryCodes) {
        return open(row).filter(open -> recoveryCodes.equals(open.recoveryCodes()));
    }

    private static Optional<RecoveryTraces.Open> open(CredentialModel row) {
        try {
            return Optional.of(
                    CredentialJson.object(CredentialJson.PUBLIC, row.getCredentialData(), RecoveryTraces.Open.class));
        } catch (UnreadableSetException e) {
            return Optional.empty();
        }
    }

    private static String write(Object data) {
        try {
            return JsonSerialization.writeValueAsString(data);
        } catch (IOException e) {
            throw new IllegalStateException("Failed to write a record as JSON", e);
        }
    }
}
