package io.github.backupcodes.credential;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.jpa.entity.FederatedUser;
import org.keycloak.storage.jpa.entity.FederatedUserCredentialEntity;

/**
 * The row of a credential, locked and read afresh. Keycloak's user cache and what the persistence context has loaded
 * before are passed by: what two sessions decide on has to be the row itself.
 */
final class CredentialRow {

    /** How long a request waits for a row, in milliseconds. */
    private static final int LONGEST_WAIT = 5_000;

    private static final Map<String, Object> WAIT = Map.of("jakarta.persistence.lock.timeout", LONGEST_WAIT);

    private static final String POSTGRESQL = "PostgreSQL";
    private static final String SAVEPOINT = "backup_codes";

    /**
     * PostgreSQL bounds the wait for each lock, and whoever comes second takes two, one after the other: that of the queue
     * for the row, then that of the transaction that holds it. So the statement has the same bound as a whole.
     */
    private static final String BEFORE = "SAVEPOINT " + SAVEPOINT + "; SET LOCAL statement_timeout = " + LONGEST_WAIT;

    private static final String AFTER = "SET LOCAL statement_timeout TO DEFAULT; RELEASE SAVEPOINT " + SAVEPOINT;

    /** Brings the timeout of before back as well. */
    private static final String FAILED = "ROLLBACK TO SAVEPOINT " + SAVEPOINT;

    private final KeycloakSession session;
    private final EntityManager entities;

    CredentialRow(KeycloakSession session) {
        this.session = session;
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /**
     * Locks the row until the transaction of the session ends, and reads it.
     *
     * @return the credential as it is now, or nothing when it is gone
     * @throws RowBusyException when somebody else holds the row for too long
     */
    Optional<CredentialModel> lock(UserModel user, String credentialId) {
        if (isLocal(user)) {
            return lock(CredentialEntity.class, credentialId).map(CredentialRow::model);
        }
        return lock(FederatedUserCredentialEntity.class, credentialId).map(CredentialRow::model);
    }

    /**
     * Locks the row of the user, so that two first sets are not made at once. A user of a storage provider without import
     * has one as soon as Keycloak keeps anything of that user; of two who make the very first entry at once, the primary
     * key stops the second.
     *
     * @throws RowBusyException when somebody else holds the row for too long
     */
    void lockOwner(UserModel user) {
        if (isLocal(user)) {
            locked(UserEntity.class, user.getId());
        } else {
            locked(FederatedUser.class, user.getId());
        }
    }

    /**
     * Removes a row that is locked. Keycloak's own way renumbers the user's other credentials too, rows that are not locked
     * and that somebody else may be writing. Their order stays the same with a gap. The user cache has to be told.
     */
    void remove(UserModel user, String credentialId) {
        Class<?> type = isLocal(user) ? CredentialEntity.class : FederatedUserCredentialEntity.class;
        entities.remove(entities.getReference(type, credentialId));
    }

    private <T> Optional<T> lock(Class<T> type, String id) {
        // forget what was read before the lock: a stale version would fail the request instead of being read again
        entities.detach(entities.getReference(type, id));
        return Optional.ofNullable(locked(type, id));
    }

    /**
     * A lock that cannot be had ends the transaction on PostgreSQL, but the request has a page to show and an event to
     * store: it goes on from before the attempt. By SQL, since the connection pool refuses JDBC's way inside a
     * transaction that it does not lead.
     */
    private <T> @Nullable T locked(Class<T> type, String id) {
        Attempted<T> attempted = entities.callWithConnection((Connection connection) -> {
            boolean ends = POSTGRESQL.equals(connection.getMetaData().getDatabaseProductName());
            if (ends) {
                execute(connection, BEFORE);
            }
            try {
                T row = entities.find(type, id, LockModeType.PESSIMISTIC_WRITE, WAIT);
                if (ends) {
                    execute(connection, AFTER);
                }
                return new Attempted<>(row, null);
            } catch (PersistenceException | ModelException e) {
                if (!LockTimeout.is(e)) {
                    throw e;
                }
                if (ends) {
                    execute(connection, FAILED);
                }
                return new Attempted<>(null, e);
            }
        });
        if (attempted.failure() != null) {
            if (LockTimeout.isDeadlock(attempted.failure())) {
                session.getTransactionManager().setRollbackOnly();
            }
            throw new RowBusyException(attempted.failure());
        }
        return attempted.row();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private record Attempted<T>(@Nullable T row, @Nullable RuntimeException failure) {}

    /** Local and imported users keep credentials beside themselves, others in the federated storage. */
    static boolean isLocal(UserModel user) {
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
