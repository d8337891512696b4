package io.github.backupcodes.credential;

import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.PessimisticLockException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a lock that could not be had from other failures: Keycloak wraps all of them alike, in a {@code ModelException}. */
final class LockTimeout {

    /** PostgreSQL: {@code lock_not_available}, {@code deadlock_detected}; H2: lock timeout, deadlock. */
    private static final Set<String> STATES = Set.of("55P03", "40P01", "HYT00", "40001");

    private LockTimeout() {}

    /** Whether this, or what caused it, is one. */
    static boolean is(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LockTimeoutException
                    || cause instanceof PessimisticLockException
                    || cause instanceof SQLTimeoutException
                    || (cause instanceof SQLException sql && STATES.contains(String.valueOf(sql.getSQLState())))) {
                return true;
            }
        }
        return false;
    }
}
