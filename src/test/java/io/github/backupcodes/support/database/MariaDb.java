package io.github.backupcodes.support.database;

import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A MariaDB of its own on a free loopback port, with fresh data. The build unpacks it from Maven Central for Linux; elsewhere
 * {@code MARIADB_HOME} names one that is installed.
 */
public final class MariaDb implements DatabaseServer {

    private static final String VARIABLE = "MARIADB_HOME";

    private final MySqlFamilyServer server;

    private MariaDb(MySqlFamilyServer server) {
        this.server = server;
    }

    /**
     * Starts it, or skips the test when there is none.
     *
     * @param options more arguments of {@code mariadbd}
     */
    public static MariaDb start(String... options) {
        Optional<Path> home = home();
        Assumptions.assumeTrue(
                home.isPresent(), "no MariaDB: the build has one for Linux only, " + VARIABLE + " names another");
        Path base = home.orElseThrow();
        return new MariaDb(MySqlFamilyServer.start(
                "mariadb",
                List.of(
                        program(base.resolve("scripts/mariadb-install-db")),
                        "--no-defaults",
                        "--basedir=" + base,
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db"),
                List.of(program(base.resolve("bin/mariadbd")), "--no-defaults", "--basedir=" + base),
                options));
    }

    private static Optional<Path> home() {
        String given = System.getenv(VARIABLE);
        if (given != null) {
            return Optional.of(Path.of(given));
        }
        try (Stream<Path> files = Files.find(
                BuildFiles.directory().resolve("mariadb-dist"),
                8,
                (path, attributes) -> path.endsWith("bin/mariadbd"))) {
            return files.findFirst().map(Path::getParent).map(Path::getParent);
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** The archive does not say that it is one. */
    private static String program(Path file) {
        try (Stream<Path> files = Files.list(file.resolveSibling("../bin"))) {
            Stream.concat(files, Stream.of(file)).forEach(each -> {
                if (!Files.isExecutable(each) && !each.toFile().setExecutable(true)) {
                    throw new IllegalStateException("cannot make it a program: " + each);
                }
            });
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String createDatabase() {
        return server.createDatabase();
    }

    @Override
    public String[] options(String database) {
        return server.options("mariadb", database);
    }

    @Override
    public void close() {
        server.close();
    }
}
