package io.github.backupcodes.credential.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * What a database has to be told around a statement that locks or writes a row: JPA's hint for the longest wait does not
 * bound the wait of all of them, and not all let a transaction go on after it.
 */
enum LockDialect {

    /**
     * A lock that cannot be had ends the transaction, so there is a savepoint to go on from, which brings the timeout of
     * before back as well. By SQL, since the connection pool refuses JDBC's way inside a transaction that it does not lead.
     * The wait is bounded for each lock, and whoever comes second takes two, one after the other: that of the queue for the
     * row, then that of the transaction that holds it. So the statement has the same bound as a whole.
     */
    POSTGRESQL(
            "SAVEPOINT backup_codes; SET LOCAL statement_timeout = " + LockDialect.LONGEST_WAIT,
            "SET LOCAL statement_timeout TO DEFAULT; RELEASE SAVEPOINT backup_codes",
            "ROLLBACK TO SAVEPOINT backup_codes"),

    /** Hibernate leaves the hint out. The session, which is used again, gets its own bound back; it is in seconds. */
    MYSQL(
            "SET @backup_codes_wait = @@innodb_lock_wait_timeout, innodb_lock_wait_timeout = "
                    + LockDialect.LONGEST_WAIT / 1_000,
            "SET innodb_lock_wait_timeout = @backup_codes_wait",
            "SET innodb_lock_wait_timeout = @backup_codes_wait"),

    /**
     * The hint works. But with {@code innodb_snapshot_isolation}, the default since 11.6.2, REPEATABLE READ ends the
     * transaction when it locks or writes a row that has changed since it read anything. What is locked here is decided on
     * as it is now, which is what the setting wants to enforce. There is no such setting before 11.4.2.
     */
    MARIADB(
            "SET @backup_codes = 1"
                    + "/*M!110402 , @backup_codes_snapshot = @@innodb_snapshot_isolation, innodb_snapshot_isolation = OFF */",
            "SET @backup_codes = 0 /*M!110402 , innodb_snapshot_isolation = @backup_codes_snapshot */",
            "SET @backup_codes = 0 /*M!110402 , innodb_snapshot_isolation = @backup_codes_snapshot */"),

    /** The hint works on H2 and Oracle. SQL Server waits as long as its {@code LOCK_TIMEOUT} says. */
    OTHER("", "", "");

    /** How long a request waits for a row, in milliseconds. */
    private static final int LONGEST_WAIT = 5_000;

    /** JPA's hint, for the databases that it reaches. */
    static final Map<String, Object> HINT = Map.of("jakarta.persistence.lock.timeout", LONGEST_WAIT);

    /** The hint for no wait at all: a row that cannot be had at once counts as none. Hibernate's {@code Timeouts.SKIP_LOCKED_MILLI}. */
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
            default -> OTHER;
        };
    }

    /**
     * Whether a row is first asked for without a wait, and without words: {@code SKIP LOCKED} leaves a row out that somebody holds
     * and is no failure, so that it needs neither bound nor savepoint. Nearly always that is all.
     */
    boolean triesSkipLockedFirst() {
        return this == POSTGRESQL;
    }

    /** Whether rows that are locked have to be written between these words as well, and at once. */
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
     * Comes in place of {@link #end} when the statement has failed.
     *
     * @param cause is thrown where the connection is lost
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
