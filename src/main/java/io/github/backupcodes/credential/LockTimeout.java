package io.github.backupcodes.credential;

import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.PessimisticLockException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a lock that could not be had from other failures: Keycloak wraps all of them alike, in a {@code ModelException}. */
final class LockTimeout {

    private static final String DEADLOCK = "40P01";

    /**
     * PostgreSQL: {@code lock_not_available}, {@code deadlock_detected}, {@code query_canceled} by the bound of the
     * statement; H2: lock timeout.
     */
    private static final Set<String> STATES = Set.of("55P03", DEADLOCK, "57014", "HYT00");

    /** What H2 2.4 lets out of its store when {@code FOR UPDATE WAIT} comes to its end, in place of an SQL exception. */
    private static final String H2_UNWRAPPED = "org.h2.mvstore.MVStoreException";

    private LockTimeout() {}

    /** Whether it is a deadlock: Hibernate lets no transaction be committed after one. */
    static boolean isDeadlock(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && DEADLOCK.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Whether this, or what caused it, is one. */
    static boolean is(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LockTimeoutException
                    || cause instanceof PessimisticLockException
                    || cause instanceof SQLTimeoutException
                    || H2_UNWRAPPED.equals(cause.getClass().getName())
                    || (cause instanceof SQLException sql && STATES.contains(String.valueOf(sql.getSQLState())))) {
                return true;
            }
        }
        return false;
    }
}
