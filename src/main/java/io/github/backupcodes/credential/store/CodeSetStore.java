package io.github.backupcodes.credential.store;

import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.credential.model.BackupCodesCredentialModel;
import io.github.backupcodes.credential.model.UnreadableCodeSetException;
import io.github.backupcodes.support.CredentialTypes;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;

/** What a user has of one type of credential: one set, unless an import or an old race has left several. */
public final class CodeSetStore {

    private static final Logger LOG = Logger.getLogger(CodeSetStore.class);

    private final KeycloakSession session;
    private final UserModel user;
    private final String type;

    /**
     * Takes whose sets are meant.
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

    public boolean isTemporary() {
        return CredentialTypes.TEMPORARY_CODE.equals(type);
    }

    /** The newest, from the user cache. */
    public Optional<CredentialModel> newest() {
        return all().max(Comparator.comparing(
                CredentialModel::getCreatedDate, Comparator.nullsFirst(Comparator.naturalOrder())));
    }

    /** The newest, from the user cache: to show, never to decide on. */
    public Optional<CodeSet> cachedSet() {
        return newest().flatMap(CodeSetStore::parse);
    }

    /**
     * Saves a set, in place of an older one if there is one.
     *
     * @param label how Keycloak's pages call it; null for the name of its type
     * @return the credential
     * @throws CredentialLockedException when somebody else holds the row for too long
     */
    public CredentialModel save(CodeSet set, @Nullable String label) {
        return save(BackupCodesCredentialModel.of(type, set, label));
    }

    /** The same for a set that has its form already. */
    public CredentialModel save(BackupCodesCredentialModel made) {
        CredentialRowStore row = new CredentialRowStore(session);
        Optional<BackupCodesCredentialModel> older = lockNewest(row);
        if (older.isEmpty()) {
            // none, or not the one that the cache still had: first sets are made one after the other
            row.lockOwner(user);
            bypassCache(user);
            older = lockStored(row).map(BackupCodesCredentialModel::copyOf);
        }
        // Keycloak compares the labels of users without import over all types, and at every change: theirs has none
        if (!CredentialRowStore.isLocal(user)) {
            made.setUserLabel(null);
        }
        if (older.isEmpty()) {
            return row.create(user, made);
        }
        BackupCodesCredentialModel credential = older.get();
        removeAllBut(credential, row);
        credential.setUserLabel(made.getUserLabel());
        update(credential.with(withPreviousCodes(credential, made.codeSet())).keeping(made));
        return credential;
    }

    /** To tell a code of the set before costs a slow hash: not for temporary ones. */
    private CodeSet withPreviousCodes(CredentialModel older, CodeSet set) {
        return isTemporary() ? set : parse(older).map(set::replacing).orElse(set);
    }

    /** See {@link UserBackupCodes#remind}. */
    public Optional<Instant> remind(String credentialId, Instant now) {
        Optional<BackupCodesCredentialModel> row =
                new CredentialRowStore(session).lock(user, credentialId).map(BackupCodesCredentialModel::copyOf);
        Optional<CodeSet> due = row.flatMap(CodeSetStore::parse).filter(set -> set.isReminderDue(now));
        if (row.isPresent() && due.isPresent()) {
            update(row.get().updated(due.get().reminded(now)));
        }
        return due.map(CodeSet::expiresAt);
    }

    /** Writes a credential whose row is locked. */
    public void update(BackupCodesCredentialModel credential) {
        new CredentialRowStore(session).update(user, credential);
    }

    /**
     * Locks a credential until the transaction of the session ends, and reads it afresh.
     *
     * @throws CredentialLockedException when somebody else holds the row for too long
     */
    public Optional<BackupCodesCredentialModel> lock(CredentialModel credential) {
        return lockCurrent(credential, new CredentialRowStore(session)).map(BackupCodesCredentialModel::copyOf);
    }

    /**
     * Takes them from the user. Each row is locked first, so that a sign-in at the same moment either comes before or finds
     * none.
     *
     * @param which what goes, by what is in the locked row
     * @return those that were removed
     * @throws CredentialLockedException when somebody else holds a row for too long
     */
    public List<CredentialModel> remove(Predicate<CredentialModel> which) {
        CredentialRowStore row = new CredentialRowStore(session);
        List<CredentialModel> removed = all().toList().stream()
                .flatMap(credential -> lockCurrent(credential, row).stream())
                .filter(which)
                .toList();
        remove(removed, row);
        return removed;
    }

    /** Not as Keycloak does it, which moves up the rows behind, as it knew them before: what others have used would come back. */
    private void remove(List<CredentialModel> locked, CredentialRowStore row) {
        if (!locked.isEmpty()) {
            bypassCache(user);
            locked.forEach(credential -> row.remove(user, credential.getId()));
        }
    }

    /** Should an import or an old race have left several: none may come back when the newest is gone. */
    private void removeAllBut(CredentialModel kept, CredentialRowStore row) {
        remove(
                all().filter(other -> !other.getId().equals(kept.getId())).toList().stream()
                        .filter(other -> row.lock(user, other.getId()).isPresent())
                        .toList(),
                row);
    }

    private Optional<BackupCodesCredentialModel> lockNewest(CredentialRowStore row) {
        return newest().flatMap(credential -> lockCurrent(credential, row)).map(BackupCodesCredentialModel::copyOf);
    }

    /** What the user cache has of a user without import may have another row by now, see {@link CredentialRowStore#update}. */
    private Optional<CredentialModel> lockCurrent(CredentialModel cached, CredentialRowStore row) {
        Optional<CredentialModel> locked = row.lock(user, cached.getId());
        return locked.isPresent() || CredentialRowStore.isLocal(user) ? locked : lockStored(row);
    }

    /** Looks again for as long as somebody else has changed it between the look and the lock. */
    private Optional<CredentialModel> lockStored(CredentialRowStore row) {
        CredentialIdQuery ids = new CredentialIdQuery(session, user);
        Optional<String> found = ids.newest(type);
        Optional<CredentialModel> locked = found.flatMap(id -> row.lock(user, id));
        while (locked.isEmpty() && found.isPresent()) {
            Optional<String> before = found;
            found = ids.newest(type).filter(id -> !before.get().equals(id));
            locked = found.flatMap(id -> row.lock(user, id));
        }
        return locked;
    }

    private Stream<CredentialModel> all() {
        return user.credentialManager().getStoredCredentialsByTypeStream(type);
    }

    /** From here on this session reads the user from the database. */
    public static void bypassCache(UserModel user) {
        if (user instanceof CachedUserModel cached) {
            cached.invalidate();
        }
    }

    /** The set in a credential; nothing, and a warning, when this version cannot read it. */
    public static Optional<CodeSet> parse(CredentialModel credential) {
        try {
            return Optional.of(BackupCodesCredentialModel.copyOf(credential).codeSet());
        } catch (UnreadableCodeSetException e) {
            LOG.warnf("Credential %s: %s", credential.getId(), e.getMessage());
            return Optional.empty();
        }
    }
}
