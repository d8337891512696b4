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
     * Whether this process has learned that the database does not support locking a row without a wait: not all databases that speak
     * PostgreSQL's protocol do, and some isolate transactions so strictly that a changed row is a failure.
     */
    private static volatile boolean skipLockedUnsupported;

    private final KeycloakSession session;
    private final EntityManager entities;

    RowLock(KeycloakSession session, EntityManager entities) {
        this.session = session;
        this.entities = entities;
    }

    /**
     * Locks a row and reads it as it is now.
     *
     * @param type of the entity
     * @param id   its key
     * @return the locked row; empty if there is none
     * @throws CredentialLockedException if someone else holds it for too long; the transaction may be over then
     */
    <T> Optional<T> lock(Class<T> type, String id) {
        // forget what was read before: a stale version would fail the request instead of being read again
        entities.detach(entities.getReference(type, id));
        T free = tryLock(type, id);
        return free == null ? Optional.ofNullable(lockOrWait(type, id)) : Optional.of(free);
    }

    /**
     * Locks a row if no one holds it; returns null if someone does, if there is none, and on databases that do not support this. Without
     * a savepoint every failure ends the transaction.
     */
    private <T> @Nullable T tryLock(Class<T> type, String id) {
        if (skipLockedUnsupported
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
            throw LockFailures.isLockFailure(e) ? new CredentialLockedException(e, true) : e;
        }
    }

    private static void disableSkipLocked() {
        skipLockedUnsupported = true;
    }

    /**
     * Locks a row that may have been read before, and waits for it if someone else holds it. If it cannot be locked the transaction goes
     * on, because the request has a page to show and an event to store.
     *
     * @param type of the entity
     * @param id   its key
     * @return the locked row; null if there is none
     * @throws CredentialLockedException if someone else holds it for too long
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
        boolean ending = LockFailures.endsTransaction(failure);
        if (ending) {
            session.getTransactionManager().setRollbackOnly();
        }
        return new CredentialLockedException(failure, ending);
    }

    private record Attempted<T>(@Nullable T row, @Nullable RuntimeException failure) {}
}
