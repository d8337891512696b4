package io.github.backupcodes.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL of its own on a free loopback port, with fresh data. It refuses to run as root: for root the library
 * runs it in a user namespace ({@code unshare -U}), where it takes itself for nobody.
 */
public final class Postgres implements AutoCloseable {

    private static final String SUPERUSER = "postgres";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final EmbeddedPostgres server;

    private Postgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Unpacks and starts it.
     *
     * @return the running server
     * @throws IllegalStateException when it cannot run here
     */
    public static Postgres start() {
        try {
            return new Postgres(EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(
                            BuildFiles.directory().resolve("postgres").toFile())
                    .setPGStartupWait(Duration.ofMinutes(2))
                    // two nodes with a pool each, and the tests
                    .setServerConfig("max_connections", "250")
                    .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException | IllegalStateException e) {
            throw new IllegalStateException(
                    "PostgreSQL cannot be started. It refuses to run as root, and root needs 'unshare -U' to pass for"
                            + " somebody else: where user namespaces are not allowed, run the build as another user.",
                    e);
        }
    }

    /**
     * Makes an empty database.
     *
     * @return its name
     */
    public String createDatabase() {
        String name = "keycloak" + DATABASES.incrementAndGet();
        try (Connection connection = connect(SUPERUSER);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Connects to a database as its owner.
     *
     * @param database its name
     * @return a connection, to be closed
     * @throws SQLException when that fails
     */
    public Connection connect(String database) throws SQLException {
        return server.getDatabase(SUPERUSER, database).getConnection();
    }

    /**
     * What a Keycloak needs to use a database.
     *
     * @param database its name
     * @return arguments for {@link KeycloakServer.Builder#database(String...)}
     */
    public String[] options(String database) {
        return new String[] {
            "--db=postgres",
            "--db-url=jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database,
            "--db-username=" + SUPERUSER,
            "--db-password=" + SUPERUSER
        };
    }

    /** Stops it and deletes its data. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
