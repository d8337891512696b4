package io.github.backupcodes.credential.store;

import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.PessimisticLockException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Distinguishes failed locks from other failures: Keycloak wraps all of them alike, in a {@code ModelException}. */
final class LockFailures {

    /** Deadlocks: of PostgreSQL, of Oracle, of all others. */
    private static final Set<String> DEADLOCKS = Set.of("40P01", "61000", "40001");

    /** PostgreSQL: {@code lock_not_available}, {@code query_canceled} by the bound of the statement; H2: lock timeout. */
    private static final Set<String> TIMEOUTS = Set.of("55P03", "57014", "HYT00");

    /** By number if the state says nothing: MySQL and MariaDB, SQL Server, Oracle (ORA-30006). */
    private static final Set<Integer> TIMEOUT_NUMBERS = Set.of(1205, 1222, 30006);

    /** MariaDB: the row has changed since the transaction read anything, see {@link LockDialect#MARIADB}. */
    private static final int CHANGED = 1020;

    /** H2 2.4 throws this instead of an SQL exception when {@code FOR UPDATE WAIT} times out. */
    private static final String H2_UNWRAPPED = "org.h2.mvstore.MVStoreException";

    private LockFailures() {}

    /**
     * Whether nothing can be committed any more: after a deadlock Hibernate marks every transaction for rollback, and MySQL, MariaDB and SQL
     * Server have rolled it back.
     */
    static boolean endsTransaction(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && (isDeadlock(sql) || isChanged(sql))) {
                return true;
            }
        }
        return false;
    }

    /** Whether this, or one of its causes, is a failed lock. */
    static boolean isLockFailure(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LockTimeoutException
                    || cause instanceof PessimisticLockException
                    || cause instanceof SQLTimeoutException
                    || H2_UNWRAPPED.equals(cause.getClass().getName())
                    || (cause instanceof SQLException sql && (isDeadlock(sql) || isChanged(sql) || isTimeout(sql)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTimeout(SQLException failure) {
        return TIMEOUTS.contains(String.valueOf(failure.getSQLState()))
                || TIMEOUT_NUMBERS.contains(failure.getErrorCode());
    }

    private static boolean isDeadlock(SQLException failure) {
        return DEADLOCKS.contains(String.valueOf(failure.getSQLState()));
    }

    private static boolean isChanged(SQLException failure) {
        return failure.getErrorCode() == CHANGED && "HY000".equals(failure.getSQLState());
    }
}
