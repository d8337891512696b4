package io.github.backupcodes.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * A PostgreSQL of its own on a free loopback port, with fresh data. It refuses to run as root: for root the library
 * runs it in a user namespace ({@code unshare -U}), where it takes itself for nobody.
 */
public final class Postgres implements AutoCloseable {

    private static final String SUPERUSER = "postgres";
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final EmbeddedPostgres server;
    private Process process;

    private Postgres(EmbeddedPostgres server) {
        this.server = server;
        this.process = server.getProcess();
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
                    // the library's choice is off: what was committed would not outlive a crash
                    .setServerConfig("synchronous_commit", "on")
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

    /**
     * Where its files are: tables, and the log of what was written.
     *
     * @return the directory
     */
    public Path dataDirectory() {
        try (Connection connection = connect(SUPERUSER);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("show data_directory")) {
            answer.next();
            return Path.of(answer.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends it as a crash would: nobody is waited for, nothing is written down. Then starts it on the same data. */
    public void crashAndRestart() {
        ProcessHandle.Info info = process.info();
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(info.command().orElseThrow());
        command.addAll(List.of(info.arguments().orElseThrow()));
        Signals.send("QUIT", List.of(process.toHandle()));
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("PostgreSQL does not end");
            }
            process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        Awaitility.await("PostgreSQL answers").atMost(LIMIT).until(this::answers);
    }

    private boolean answers() {
        try (Connection connection = connect(SUPERUSER)) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** Makes it hang: connections stay open, and nothing is answered until {@link #resume()}. */
    public void suspend() {
        Signals.send("STOP", family());
    }

    /** Lets it go on. */
    public void resume() {
        Signals.send("CONT", family());
    }

    /** The parent first, so that it has no more children meanwhile. */
    private List<ProcessHandle> family() {
        List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
        process.descendants().forEach(all::add);
        return all;
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
