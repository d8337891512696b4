package io.github.backupcodes.credential.store;

import io.github.backupcodes.support.UserCaches;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.jpa.entity.FederatedUser;
import org.keycloak.storage.jpa.entity.FederatedUserCredentialEntity;

/**
 * Locks, reads and writes the rows of credentials. It bypasses Keycloak's user cache and what the persistence context has loaded
 * before, because two sessions must decide on the row itself.
 */
public final class CredentialRowStore {

    private final KeycloakSession session;
    private final EntityManager entities;
    private final RowLock lock;

    public CredentialRowStore(KeycloakSession session) {
        this.session = session;
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.lock = new RowLock(session, entities);
    }

    /**
     * Locks the row until the transaction of the session ends, and reads it.
     *
     * @return the credential as it is now; empty if it is gone
     * @throws CredentialLockedException if someone else holds the row for too long
     */
    public Optional<CredentialModel> lock(UserModel user, String credentialId) {
        if (isLocal(user)) {
            Optional<CredentialModel> row =
                    lock.lock(CredentialEntity.class, credentialId).map(CredentialRowStore::model);
            refreshCredentialList(user);
            return row;
        }
        lockFederatedOwner(user);
        return lock.lock(FederatedUserCredentialEntity.class, credentialId).map(CredentialRowStore::model);
    }

    /**
     * Locks the row of a credential from the user cache. That of a user without import may have another id by now, see {@link #update}.
     *
     * @throws CredentialLockedException if someone else holds the row for too long
     */
    public Optional<CredentialModel> lockCurrent(UserModel user, CredentialModel cached) {
        Optional<CredentialModel> locked = lock(user, cached.getId());
        return locked.isPresent() || isLocal(user) ? locked : lockNewest(user, cached.getType());
    }

    /**
     * Locks the newest row of a type, and looks again if someone else has changed it between the look and the lock.
     *
     * @throws CredentialLockedException if someone else holds the row for too long
     */
    public Optional<CredentialModel> lockNewest(UserModel user, String type) {
        CredentialIdQuery ids = new CredentialIdQuery(session, user);
        Optional<String> found = ids.newest(type);
        Optional<CredentialModel> locked = found.flatMap(id -> lock(user, id));
        while (locked.isEmpty() && found.isPresent()) {
            Optional<String> before = found;
            found = ids.newest(type).filter(id -> !before.get().equals(id));
            locked = found.flatMap(id -> lock(user, id));
        }
        return locked;
    }

    /**
     * Locks the row of the user, so that two first sets are not saved at once. A user of a storage provider without import has a row
     * as soon as Keycloak stores anything of that user; if two requests write the very first entry at once, the primary key stops the
     * second.
     *
     * @throws CredentialLockedException if someone else holds the row for too long
     */
    public void lockOwner(UserModel user) {
        if (isLocal(user)) {
            lock.lockOrWait(UserEntity.class, user.getId());
            refreshCredentialList(user);
        } else {
            lockFederatedOwner(user);
        }
    }

    /**
     * Locks the row of a user of a storage without import, once in a session and before any credential of the user. Their credentials
     * are replaced by new rows with each change, and requests that wait for a row that is deleted meanwhile hold the gap around it in
     * MySQL and MariaDB afterwards, so that the next change is a deadlock. The row of the user stays.
     */
    private void lockFederatedOwner(UserModel user) {
        String locked = FederatedUser.class.getName() + "." + user.getId();
        if (session.getAttribute(locked) == null) {
            // Keycloak may have created the row in this transaction
            entities.flush();
            lock.lock(FederatedUser.class, user.getId());
            session.setAttribute(locked, true);
        }
    }

    /**
     * Removes credentials of a type. Each row is locked first, so that a sign-in at the same moment either comes before or finds none.
     *
     * @param which whether a credential is removed, by its locked row
     * @return the credentials that were removed
     * @throws CredentialLockedException if someone else holds a row for too long
     */
    public List<CredentialModel> removeAll(UserModel user, String type, Predicate<CredentialModel> which) {
        List<CredentialModel> removed =
                user.credentialManager().getStoredCredentialsByTypeStream(type).toList().stream()
                        .flatMap(credential -> lockCurrent(user, credential).stream())
                        .filter(which)
                        .toList();
        removeLocked(user, removed);
        return removed;
    }

    /** Removes rows that are locked, see {@link #remove}. */
    void removeLocked(UserModel user, List<CredentialModel> locked) {
        if (!locked.isEmpty()) {
            UserCaches.bypass(user);
            locked.forEach(credential -> remove(user, credential.getId()));
        }
    }

    /**
     * Removes a row that is locked. Keycloak's own way renumbers the user's other credentials too, rows that are not locked
     * and that someone else may be writing. Their order stays the same with a gap. The caller has to bypass the user cache.
     */
    public void remove(UserModel user, String credentialId) {
        Class<?> type = isLocal(user) ? CredentialEntity.class : FederatedUserCredentialEntity.class;
        writeGuarded(() -> {
            entities.remove(entities.getReference(type, credentialId));
            return credentialId;
        });
    }

    /**
     * Writes a credential whose row is locked, and which only this extension writes. Its id may be another afterwards.
     *
     * <p>Keycloak reads a row without a lock, and writes the whole of it when a label or an order is changed: what was used or
     * counted in between would be undone. Local users' rows have a version, so that such a change fails. For rows that have none
     * the id stands for it: each change makes a row of its own, and what was read before writes to one that is not there.
     */
    public void update(UserModel user, CredentialModel credential) {
        if (isLocal(user)) {
            relabel(credential);
            updateShared(user, credential);
            return;
        }
        UserCaches.bypass(user);
        writeGuarded(() -> {
            FederatedUserCredentialEntity before =
                    entities.find(FederatedUserCredentialEntity.class, credential.getId());
            credential.setId(KeycloakModelUtils.generateId());
            entities.persist(successor(before, credential));
            entities.remove(before);
            return credential;
        });
    }

    /**
     * Writes the label with the rest of the row. Keycloak would first read all credentials of the user and compare their labels,
     * which must differ because users choose among credentials of a type by them; a user has one set.
     */
    private void relabel(CredentialModel credential) {
        CredentialEntity row = entities.find(CredentialEntity.class, credential.getId());
        if (row != null) {
            row.setUserLabel(credential.getUserLabel());
        }
    }

    private static FederatedUserCredentialEntity successor(
            FederatedUserCredentialEntity before, CredentialModel credential) {
        FederatedUserCredentialEntity row = new FederatedUserCredentialEntity();
        row.setId(credential.getId());
        row.setType(credential.getType());
        row.setUserLabel(credential.getUserLabel());
        row.setCreatedDate(credential.getCreatedDate());
        row.setCredentialData(credential.getCredentialData());
        row.setSecretData(credential.getSecretData());
        row.setUserId(before.getUserId());
        row.setRealmId(before.getRealmId());
        row.setStorageProviderId(before.getStorageProviderId());
        row.setPriority(before.getPriority());
        return row;
    }

    /** Writes a credential whose row is locked, and which Keycloak writes as well, by its id. */
    public void updateShared(UserModel user, CredentialModel credential) {
        writeGuarded(() -> {
            user.credentialManager().updateStoredCredential(credential);
            return credential;
        });
    }

    /**
     * Creates a credential. The caller holds a lock that is about it.
     *
     * @return the credential with its id
     */
    public CredentialModel create(UserModel user, CredentialModel credential) {
        return writeGuarded(() -> user.credentialManager().createStoredCredential(credential));
    }

    /**
     * Reads the type of a credential that the transaction of the session has deleted: until it commits, others still see the row.
     *
     * @return empty if there is no such credential, or if reading it would wait for the deletion
     */
    public Optional<String> typeOfDeleted(UserModel user, String credentialId) {
        if (entities.callWithConnection(
                (Connection connection) -> LockDialect.of(connection).readsWaitForChanges())) {
            return Optional.empty();
        }
        String realmId = session.getContext().getRealm().getId();
        String userId = user.getId();
        return KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), before -> {
            RealmModel realm = before.realms().getRealm(realmId);
            before.getContext().setRealm(realm);
            return Optional.ofNullable(before.users().getUserById(realm, userId))
                    .map(owner -> owner.credentialManager().getStoredCredentialById(credentialId))
                    .map(CredentialModel::getType);
        });
    }

    /**
     * Writes at once where the dialect needs that.
     *
     * @throws CredentialLockedException if a deadlock or a lock that takes too long ends the write; then the transaction is
     *     rolled back
     */
    private <T> T writeGuarded(Supplier<T> change) {
        return entities.callWithConnection((Connection connection) -> {
            LockDialect dialect = LockDialect.of(connection);
            if (!dialect.wrapsWrites()) {
                return change.get();
            }
            dialect.begin(connection);
            try {
                T done = change.get();
                entities.flush();
                dialect.end(connection);
                return done;
            } catch (PersistenceException | ModelException e) {
                dialect.rollback(connection, e);
                if (!LockFailures.isLockFailure(e)) {
                    throw e;
                }
                // part of the change may be written
                session.getTransactionManager().setRollbackOnly();
                throw new CredentialLockedException(e, true);
            }
        });
    }

    /**
     * Without the user cache, as with the feature {@code stateless}, Keycloak lists credentials from the loaded user, in which
     * those of before the lock would stay ({@code JpaUserProvider#getStoredCredentialsByTypeStream}).
     */
    private void refreshCredentialList(UserModel user) {
        UserEntity owner = entities.getReference(UserEntity.class, user.getId());
        if (entities.getEntityManagerFactory().getPersistenceUnitUtil().isLoaded(owner, "credentials")) {
            entities.flush();
            entities.refresh(owner);
        }
    }

    /** Local and imported users keep credentials beside themselves, others in the federated storage. */
    static boolean isLocal(UserModel user) {
        return StorageId.isLocalStorage(user.getId());
    }

    private static CredentialModel model(CredentialEntity row) {
        return model(
                row.getId(),
                row.getType(),
                row.getUserLabel(),
                row.getCreatedDate(),
                row.getCredentialData(),
                row.getSecretData());
    }

    private static CredentialModel model(FederatedUserCredentialEntity row) {
        return model(
                row.getId(),
                row.getType(),
                row.getUserLabel(),
                row.getCreatedDate(),
                row.getCredentialData(),
                row.getSecretData());
    }

    private static CredentialModel model(
            String id,
            String type,
            @Nullable String label,
            @Nullable Long created,
            @Nullable String credentialData,
            @Nullable String secretData) {
        CredentialModel model = new CredentialModel();
        model.setId(id);
        model.setType(type);
        model.setUserLabel(label);
        model.setCreatedDate(created);
        model.setCredentialData(credentialData);
        model.setSecretData(secretData);
        return model;
    }
}
