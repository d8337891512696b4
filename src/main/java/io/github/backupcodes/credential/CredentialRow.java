package io.github.backupcodes.credential;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.jpa.entity.FederatedUserCredentialEntity;

/**
 * The row of a credential, locked and read afresh. Keycloak's user cache and what the persistence context has loaded
 * before are passed by: what two sessions decide on has to be the row itself.
 */
final class CredentialRow {

    private final EntityManager entities;

    CredentialRow(KeycloakSession session) {
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /**
     * Locks the row until the transaction of the session ends, and reads it.
     *
     * @return the credential as it is now, or nothing when it is gone
     */
    Optional<CredentialModel> lock(UserModel user, String credentialId) {
        if (isLocal(user)) {
            return lock(CredentialEntity.class, credentialId).map(CredentialRow::model);
        }
        return lock(FederatedUserCredentialEntity.class, credentialId).map(CredentialRow::model);
    }

    /**
     * Locks the row of the user, so that two first sets are not made at once. Users of a storage provider without import
     * have no row.
     */
    void lockOwner(UserModel user) {
        if (isLocal(user)) {
            entities.find(UserEntity.class, user.getId(), LockModeType.PESSIMISTIC_WRITE);
        }
    }

    private <T> Optional<T> lock(Class<T> type, String id) {
        // forget what was read before the lock: a stale version would fail the request instead of being read again
        entities.detach(entities.getReference(type, id));
        return Optional.ofNullable(entities.find(type, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Local and imported users keep credentials beside themselves, others in the federated storage. */
    private static boolean isLocal(UserModel user) {
        return StorageId.isLocalStorage(user.getId());
    }

    private static CredentialModel model(CredentialEntity row) {
        CredentialModel model = new CredentialModel();
        model.setId(row.getId());
        model.setType(row.getType());
        model.setUserLabel(row.getUserLabel());
        model.setCreatedDate(row.getCreatedDate());
        model.setCredentialData(row.getCredentialData());
        model.setSecretData(row.getSecretData());
        return model;
    }

    private static CredentialModel model(FederatedUserCredentialEntity row) {
        CredentialModel model = new CredentialModel();
        model.setId(row.getId());
        model.setType(row.getType());
        model.setUserLabel(row.getUserLabel());
        model.setCreatedDate(row.getCreatedDate());
        model.setCredentialData(row.getCredentialData());
        model.setSecretData(row.getSecretData());
        return model;
    }
}
