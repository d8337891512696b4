package io.github.backupcodes.credential.store;

import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.model.BackupCodesCredentialModel;
import io.github.backupcodes.credential.model.UnreadableCodeSetException;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.UserCaches;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Stores the sets of one user and one type of credential: one set, unless an import or an old race has left several. */
public final class CodeSetStore {

    private static final Logger LOG = Logger.getLogger(CodeSetStore.class);

    private final KeycloakSession session;
    private final UserModel user;
    private final String type;

    /**
     * Takes the user and the type of the sets.
     *
     * @param type {@link CredentialTypes#BACKUP_CODES} or {@link CredentialTypes#TEMPORARY_CODE}
     */
    public CodeSetStore(KeycloakSession session, UserModel user, String type) {
        this.session = session;
        this.user = user;
        this.type = type;
    }

    /** The type of the credentials. */
    public String type() {
        return type;
    }

    /** Whether these are temporary codes. */
    public boolean isTemporary() {
        return CredentialTypes.TEMPORARY_CODE.equals(type);
    }

    /** The newest credential in the user cache. */
    public Optional<CredentialModel> newest() {
        return all().max(Comparator.comparing(
                CredentialModel::getCreatedDate, Comparator.nullsFirst(Comparator.naturalOrder())));
    }

    /** The newest set in the user cache. It is for display; a decision must not rest on it. */
    public Optional<CodeSet> cachedSet() {
        return newest().flatMap(CodeSetStore::parse);
    }

    /**
     * Saves a set. It replaces an older one.
     *
     * @return the credential
     * @throws CredentialLockedException if someone else holds the row for too long
     */
    public CredentialModel save(CodeSet set) {
        return save(BackupCodesCredentialModel.of(type, set, null));
    }

    /** Saves a credential that has its form already. It replaces an older one. */
    public CredentialModel save(BackupCodesCredentialModel replacement) {
        CredentialRowStore row = new CredentialRowStore(session);
        Optional<BackupCodesCredentialModel> older = lockNewest(row);
        if (older.isEmpty()) {
            // there is none, or not the one in the user cache: first sets are saved one after the other
            row.lockOwner(user);
            UserCaches.bypass(user);
            older = row.lockNewest(user, type).map(BackupCodesCredentialModel::copyOf);
        }
        CodeSet set = replacement.codeSet();
        CredentialLabel label = new CredentialLabel(session, user);
        if (older.isEmpty()) {
            label.describe(replacement, set);
            return row.create(user, replacement);
        }
        BackupCodesCredentialModel credential = older.get();
        removeAllBut(credential, row);
        // a label that came with an import goes before one that the older set had
        if (label.isTyped(replacement) || !label.isTyped(credential)) {
            credential.setUserLabel(replacement.getUserLabel());
        }
        CodeSet replacing = withPreviousCodes(credential, set);
        label.describe(credential.with(replacing).keeping(replacement), replacing);
        update(credential);
        return credential;
    }

    /** A code of the previous set costs one more slow hash to recognize. Temporary codes do not need that. */
    private CodeSet withPreviousCodes(CredentialModel older, CodeSet set) {
        return isTemporary() ? set : parse(older).map(set::replacing).orElse(set);
    }

    /**
     * Notes on the locked row that the user is notified of the end of the set.
     *
     * @return when the set expires; empty if no reminder is due
     * @throws CredentialLockedException if someone else holds the row for too long
     */
    public Optional<Instant> remind(String credentialId, Instant now) {
        Optional<BackupCodesCredentialModel> row =
                new CredentialRowStore(session).lock(user, credentialId).map(BackupCodesCredentialModel::copyOf);
        Optional<CodeSet> due = row.flatMap(CodeSetStore::parse).filter(set -> set.isReminderDue(now));
        if (row.isPresent() && due.isPresent()) {
            update(row.get().updated(due.get().reminded(now)));
        }
        return due.map(CodeSet::expiresAt);
    }

    /**
     * Writes a later state of the set in a locked row. The label is made again only if it says something else then: between a wrong
     * code and its count there must be nothing that can fail, such as the theme with the text of the label.
     */
    public void update(LockedCodeSet row, CodeSet set) {
        BackupCodesCredentialModel credential = row.credential();
        if (row.set().filter(before -> hasSameLabel(before, set)).isPresent()) {
            credential.updated(set);
        } else {
            new CredentialLabel(session, user).describe(credential, set);
        }
        update(credential);
    }

    private static boolean hasSameLabel(CodeSet before, CodeSet after) {
        return before.remaining() == after.remaining() && before.isDisabled() == after.isDisabled();
    }

    private void update(BackupCodesCredentialModel credential) {
        new CredentialRowStore(session).update(user, credential);
    }

    /**
     * Locks a credential until the transaction of the session ends, reads it again and parses it.
     *
     * @throws CredentialLockedException if someone else holds the row for too long
     */
    public Optional<LockedCodeSet> lock(CredentialModel credential) {
        return new CredentialRowStore(session)
                .lockCurrent(user, credential)
                .map(BackupCodesCredentialModel::copyOf)
                .map(row -> new LockedCodeSet(row, parse(row)));
    }

    /** Removes credentials, see {@link CredentialRowStore#removeAll}. */
    public List<CredentialModel> remove(Predicate<CredentialModel> which) {
        return new CredentialRowStore(session).removeAll(user, type, which);
    }

    /** An import or an old race may have left several: none may come back once the newest is removed. */
    private void removeAllBut(CredentialModel kept, CredentialRowStore row) {
        row.removeLocked(
                user,
                all().filter(other -> !other.getId().equals(kept.getId())).toList().stream()
                        .filter(other -> row.lock(user, other.getId()).isPresent())
                        .toList());
    }

    private Optional<BackupCodesCredentialModel> lockNewest(CredentialRowStore row) {
        return newest().flatMap(credential -> row.lockCurrent(user, credential))
                .map(BackupCodesCredentialModel::copyOf);
    }

    private Stream<CredentialModel> all() {
        return user.credentialManager().getStoredCredentialsByTypeStream(type);
    }

    /** Parses the set in a credential; empty, with a warning in the log, if this version cannot read it. */
    public static Optional<CodeSet> parse(CredentialModel credential) {
        try {
            return Optional.of(BackupCodesCredentialModel.copyOf(credential).codeSet());
        } catch (UnreadableCodeSetException e) {
            LOG.warnf("Credential %s: %s", credential.getId(), e.getMessage());
            return Optional.empty();
        }
    }
}
