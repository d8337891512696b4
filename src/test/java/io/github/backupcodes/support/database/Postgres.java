package io.github.backupcodes.support.database;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.Unchecked;
import io.github.backupcodes.support.server.LoopbackAddress;
import io.github.backupcodes.support.server.ProcessSignals;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
import java.util.stream.Stream;

/**
 * A PostgreSQL of its own on a free loopback port, with fresh data. It refuses to run as root: for root the library
 * runs it in a user namespace ({@code unshare -U}), where it takes itself for no one.
 */
public final class Postgres implements DatabaseServer {

    private static final String SUPERUSER = "postgres";
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final EmbeddedPostgres server;

    private Postgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Unpacks and starts it. */
    public static Postgres start() {
        return start(ProcessBuilder.Redirect.DISCARD);
    }

    /** The same, with what it says in a file: what {@code log_statement} asks for, among others. */
    public static Postgres saying(Path log) {
        return start(ProcessBuilder.Redirect.to(log.toFile()));
    }

    private static Postgres start(ProcessBuilder.Redirect output) {
        LoopbackAddress.mustBeReached("the database of the tests");
        try {
            return new Postgres(EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(
                            BuildFiles.directory().resolve("postgres").toFile())
                    .setPGStartupWait(Duration.ofMinutes(2))
                    // two nodes with a pool each, and the tests
                    .setServerConfig("max_connections", "250")
                    // the library's choice is off: what was committed would not outlive a crash
                    .setServerConfig("synchronous_commit", "on")
                    .setOutputRedirector(output)
                    .setErrorRedirector(output)
                    .start());
        } catch (IOException | IllegalStateException e) {
            throw new IllegalStateException(
                    "PostgreSQL cannot be started. It refuses to run as root, and root needs 'unshare -U' to pass for"
                            + " somebody else: where user namespaces are not allowed, run the build as another user.",
                    e);
        }
    }

    @Override
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

    /** Connects to a database as its owner. */
    public Connection connect(String database) throws SQLException {
        return server.getDatabase(SUPERUSER, database).getConnection();
    }

    @Override
    public String[] options(String database) {
        return new String[] {
            "--db=postgres",
            "--db-url=jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database,
            "--db-username=" + SUPERUSER,
            "--db-password=" + SUPERUSER
        };
    }

    /** Where its files are: tables, and the log of what was written. */
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

    /** Ends it as a crash would: no one is waited for, nothing is tidied up. Then starts it on the same data. */
    public void crashAndRestart() {
        Path data = dataDirectory();
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        Unchecked.run(() -> {
            // what it was started with: the program first
            Path program =
                    Path.of(Files.readString(data.resolve("postmaster.opts")).split(" ", 2)[0]);
            command.add(program.resolveSibling("pg_ctl").toString());
            command.addAll(List.of("restart", "-D", data.toString(), "-m", "immediate", "-w"));
            Process restart = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!restart.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || restart.exitValue() != 0) {
                throw new IllegalStateException("PostgreSQL does not start again");
            }
        });
    }

    /** What runs for it now. */
    public List<ProcessHandle> processes() {
        return family(dataDirectory());
    }

    /** Makes it hang: connections stay open, and nothing is answered until the end. */
    public Hang hang() {
        List<ProcessHandle> family = family(dataDirectory());
        ProcessSignals.send("STOP", family);
        return () -> ProcessSignals.send("CONT", family);
    }

    /** The parent first, so that it has no more children meanwhile. */
    private static List<ProcessHandle> family(Path data) {
        try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
            ProcessHandle postmaster = lines.findFirst()
                    .map(Long::valueOf)
                    .flatMap(ProcessHandle::of)
                    .orElseThrow(() -> new IllegalStateException("PostgreSQL does not run"));
            List<ProcessHandle> all = new ArrayList<>(List.of(postmaster));
            postmaster.descendants().forEach(all::add);
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A database that does not answer, until closed. */
    @FunctionalInterface
    public interface Hang extends AutoCloseable {

        /** Lets it go on. */
        @Override
        void close();
    }

    /** Stops it and deletes its data. */
    @Override
    public void close() {
        Unchecked.run(() -> server.close());
    }
}
