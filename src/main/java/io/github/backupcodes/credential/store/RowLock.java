package io.github.backupcodes.credential.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;

/** Locks rows until the transaction of the session ends, and bounds the wait for them. */
final class RowLock {

    /**
     * Whether the database has refused to be asked for a row without a wait, for this process: it does not know how, for not all
     * that speak PostgreSQL's protocol do, or isolates transactions so far that a row that has changed is a failure.
     */
    private static volatile boolean neverFree;

    private final KeycloakSession session;
    private final EntityManager entities;

    RowLock(KeycloakSession session, EntityManager entities) {
        this.session = session;
        this.entities = entities;
    }

    /**
     * A row as it is now.
     *
     * @param type of the entity
     * @param id   its key
     * @return the row, locked; nothing when there is none
     * @throws CredentialLockedException when somebody else holds it for too long; the transaction may be at its end
     */
    <T> Optional<T> lock(Class<T> type, String id) {
        // what was read before: a stale version would fail the request instead of being read again
        entities.detach(entities.getReference(type, id));
        T free = tryLock(type, id);
        return free == null ? Optional.ofNullable(lockOrWait(type, id)) : Optional.of(free);
    }

    /**
     * The row where nobody holds it; nothing where somebody does, where there is none, and on databases that are not asked so.
     * Without a savepoint a failure ends the transaction, whatever it is.
     */
    private <T> @Nullable T tryLock(Class<T> type, String id) {
        if (neverFree
                || !entities.callWithConnection(
                        (Connection connection) -> LockDialect.of(connection).triesSkipLockedFirst())) {
            return null;
        }
        try {
            return entities.find(type, id, LockModeType.PESSIMISTIC_WRITE, LockDialect.SKIP);
        } catch (PersistenceException | ModelException e) {
            session.getTransactionManager().setRollbackOnly();
            if (!LockFailures.isLockFailure(e) || LockFailures.endsTransaction(e)) {
                disableSkipLocked();
            }
            throw LockFailures.isLockFailure(e) ? new CredentialLockedException(e) : e;
        }
    }

    private static void disableSkipLocked() {
        neverFree = true;
    }

    /**
     * A row that may have been read before, waited for where somebody else holds it. When it cannot be had, the request has a
     * page to show and an event to store: the transaction goes on.
     *
     * @param type of the entity
     * @param id   its key
     * @return the row, locked; null when there is none
     * @throws CredentialLockedException when somebody else holds it for too long
     */
    <T> @Nullable T lockOrWait(Class<T> type, String id) {
        Attempted<T> attempted = entities.callWithConnection((Connection connection) -> {
            LockDialect dialect = LockDialect.of(connection);
            dialect.begin(connection);
            try {
                T row = entities.find(type, id, LockModeType.PESSIMISTIC_WRITE, LockDialect.HINT);
                dialect.end(connection);
                return new Attempted<>(row, null);
            } catch (PersistenceException | ModelException e) {
                dialect.rollback(connection, e);
                if (!LockFailures.isLockFailure(e)) {
                    throw e;
                }
                return new Attempted<>(null, e);
            }
        });
        if (attempted.failure() != null) {
            throw busy(attempted.failure());
        }
        return attempted.row();
    }

    private CredentialLockedException busy(RuntimeException failure) {
        if (LockFailures.endsTransaction(failure)) {
            session.getTransactionManager().setRollbackOnly();
        }
        return new CredentialLockedException(failure);
    }

    private record Attempted<T>(@Nullable T row, @Nullable RuntimeException failure) {}
}
