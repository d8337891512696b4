package io.github.backupcodes.credential.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * The SQL that a database needs around a statement that locks or writes a row: not all databases obey JPA's hint for the longest wait, and
 * not all let a transaction go on after a failed lock.
 */
enum LockDialect {

    /**
     * A failed lock ends the transaction, so it continues from a savepoint, which restores the previous timeout as well. It is set by
     * SQL, because the connection pool refuses JDBC's method inside a transaction that it does not control. The wait is limited for each
     * lock, and the second request takes two, one after the other: that of the queue for the row, then that of the transaction that holds
     * it. So the statement as a whole has the same limit.
     */
    POSTGRESQL(
            "SAVEPOINT backup_codes; SET LOCAL statement_timeout = " + LockDialect.LONGEST_WAIT,
            "SET LOCAL statement_timeout TO DEFAULT; RELEASE SAVEPOINT backup_codes",
            "ROLLBACK TO SAVEPOINT backup_codes"),

    /** Hibernate omits the hint. The session is used again, so its own limit is restored; it is in seconds. */
    MYSQL(
            "SET @backup_codes_wait = @@innodb_lock_wait_timeout, innodb_lock_wait_timeout = "
                    + LockDialect.LONGEST_WAIT / 1_000,
            "SET innodb_lock_wait_timeout = @backup_codes_wait",
            "SET innodb_lock_wait_timeout = @backup_codes_wait"),

    /**
     * The hint works. But with {@code innodb_snapshot_isolation}, the default since 11.6.2, REPEATABLE READ ends the
     * transaction if it locks or writes a row that has changed since its first read. A row that is locked here is decided on as it is now,
     * which is what the setting enforces. The setting does not exist before 11.4.2.
     */
    MARIADB(
            "SET @backup_codes = 1"
                    + "/*M!110402 , @backup_codes_snapshot = @@innodb_snapshot_isolation, innodb_snapshot_isolation = OFF */",
            "SET @backup_codes = 0 /*M!110402 , innodb_snapshot_isolation = @backup_codes_snapshot */",
            "SET @backup_codes = 0 /*M!110402 , innodb_snapshot_isolation = @backup_codes_snapshot */"),

    /** Waits as long as its {@code LOCK_TIMEOUT} says. */
    SQL_SERVER("", "", ""),

    /** The hint works on H2 and Oracle. */
    OTHER("", "", "");

    /** How long a request waits for a row, in milliseconds. */
    private static final int LONGEST_WAIT = 5_000;

    /** JPA's hint, for the databases that obey it. */
    static final Map<String, Object> HINT = Map.of("jakarta.persistence.lock.timeout", LONGEST_WAIT);

    /** The hint for no wait at all: a row that cannot be locked at once counts as none. Hibernate's {@code Timeouts.SKIP_LOCKED_MILLI}. */
    static final Map<String, Object> SKIP = Map.of("jakarta.persistence.lock.timeout", -2);

    private final String begin;
    private final String end;
    private final String rollback;

    LockDialect(String begin, String end, String rollback) {
        this.begin = begin;
        this.end = end;
        this.rollback = rollback;
    }

    static LockDialect of(Connection connection) throws SQLException {
        return switch (connection.getMetaData().getDatabaseProductName()) {
            case "PostgreSQL" -> POSTGRESQL;
            case "MySQL" -> MYSQL;
            case "MariaDB" -> MARIADB;
            case "Microsoft SQL Server" -> SQL_SERVER;
            default -> OTHER;
        };
    }

    /**
     * Whether a row is first locked without a wait and without further SQL: {@code SKIP LOCKED} omits a row that someone else holds and
     * does not fail, so that it needs neither limit nor savepoint. This succeeds nearly always.
     */
    boolean triesSkipLockedFirst() {
        return this == POSTGRESQL;
    }

    /** Whether reading a row waits for a transaction that has changed it: by default, unless {@code READ_COMMITTED_SNAPSHOT} is on. */
    boolean readsWaitForChanges() {
        return this == SQL_SERVER;
    }

    /** Whether locked rows have to be written between these statements as well, and at once. */
    boolean wrapsWrites() {
        return this == MARIADB;
    }

    void begin(Connection connection) throws SQLException {
        execute(begin, connection);
    }

    void end(Connection connection) throws SQLException {
        execute(end, connection);
    }

    /**
     * Replaces {@link #end} if the statement has failed.
     *
     * @param cause is thrown if the connection is lost
     */
    void rollback(Connection connection, RuntimeException cause) {
        try {
            execute(rollback, connection);
        } catch (SQLException lost) {
            cause.addSuppressed(lost);
            throw cause;
        }
    }

    private static void execute(String words, Connection connection) throws SQLException {
        if (!words.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(words);
            }
        }
    }
}
