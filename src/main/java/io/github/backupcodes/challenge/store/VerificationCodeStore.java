package io.github.backupcodes.challenge.store;

import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.credential.store.CredentialRowStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Stores the credential of one user for one way of sending codes. */
public final class VerificationCodeStore {

    private final KeycloakSession session;
    private final UserModel user;
    private final String type;

    /** Takes the user and the type of the credential. */
    public VerificationCodeStore(KeycloakSession session, UserModel user, String type) {
        this.session = session;
        this.user = user;
        this.type = type;
    }

    /** The credential in the user cache. It is for display and for cheap refusals; a decision must not rest on it. */
    public Optional<VerificationCodeCredentialModel> cached() {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(type)
                .max(Comparator.comparing(
                        CredentialModel::getCreatedDate, Comparator.nullsFirst(Comparator.naturalOrder())))
                .map(VerificationCodeCredentialModel::copyOf);
    }

    /**
     * Locks the row of a credential until the transaction of the session ends, and reads it again.
     *
     * @return empty if it is gone
     * @throws CredentialLockedException if someone else holds the row for too long
     */
    Optional<VerificationCodeCredentialModel> lock(CredentialModel cached) {
        return rows().lockCurrent(user, cached).map(VerificationCodeCredentialModel::copyOf);
    }

    /**
     * Value object: a destination that was saved.
     *
     * @param credential the credential
     * @param before     what it has replaced; empty if there was no credential that could be read
     */
    public record SavedDestination(CredentialModel credential, Optional<VerificationCodeState> before) {}

    /**
     * Locks the user until the transaction of the session ends: of two sign-ins that save a factor at once, the second sees what the first
     * has saved.
     *
     * @throws CredentialLockedException if someone else holds the row for too long
     */
    public void lockOwner() {
        rows().lockOwner(user);
    }

    /**
     * Saves a destination that the user has proven. It replaces the row of an earlier one, whose failures go on.
     *
     * @param label the name of a credential for a destination until its user gives it another; it returns null for none
     * @return the saved credential
     * @throws CredentialLockedException if someone else holds a row for too long
     */
    public SavedDestination save(String destination, Function<String, @Nullable String> label) {
        lockOwner();
        CredentialRowStore rows = rows();
        Instant now = Instant.now();
        Optional<VerificationCodeCredentialModel> before =
                rows.lockNewest(user, type).map(VerificationCodeCredentialModel::copyOf);
        if (before.isEmpty()) {
            CredentialModel created = rows.create(
                    user,
                    VerificationCodeCredentialModel.of(
                            type, VerificationCodeState.of(destination), label.apply(destination), now));
            return new SavedDestination(created, Optional.empty());
        }
        Optional<VerificationCodeState> replaced = before.get().state();
        VerificationCodeState state = replaced.map(earlier -> earlier.setUp(destination))
                .orElseGet(() -> VerificationCodeState.of(destination));
        boolean named = replaced.filter(earlier -> Objects.equals(
                        label.apply(earlier.destination()), before.get().getUserLabel()))
                .isEmpty();
        VerificationCodeCredentialModel row = before.get().with(state);
        row.setCreatedDate(now.toEpochMilli());
        if (!named) {
            row.setUserLabel(label.apply(destination));
        }
        // an import may have left several: none must be newer than this one, nor come back once it is removed
        rows.removeAll(user, type, other -> !other.getId().equals(row.getId()));
        rows.update(user, row);
        return new SavedDestination(row, replaced);
    }

    /**
     * Removes the credential, and all others of the type that an import may have left.
     *
     * @return what was removed
     * @throws CredentialLockedException if someone else holds a row for too long
     */
    public List<CredentialModel> remove() {
        return rows().removeAll(user, type, credential -> true);
    }

    /** Writes a locked row. */
    void update(VerificationCodeCredentialModel locked, VerificationCodeState state) {
        rows().update(user, locked.with(state));
    }

    private CredentialRowStore rows() {
        return new CredentialRowStore(session);
    }
}
