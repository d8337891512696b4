package io.github.backupcodes.support.database;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.ProcessRunner;
import io.github.backupcodes.support.Unchecked;
import io.github.backupcodes.support.server.FreePorts;
import io.github.backupcodes.support.server.KeycloakDistribution;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** A server of the MySQL family in a process of its own on a free loopback port, with fresh data. */
final class MySqlFamilyServer implements AutoCloseable {

    /** The name and the password of who owns the databases. */
    private static final String OWNER = "keycloak";

    private static final int DATABASES = 8;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Process process;
    private final Path directory;
    private final int port;
    private final AtomicInteger databases = new AtomicInteger();

    private MySqlFamilyServer(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    /**
     * Starts it.
     *
     * @param name    the name of its directory under {@code target}, which a number is added to
     * @param install the command that fills an empty data directory, but for the arguments common to all
     */
    static MySqlFamilyServer start(String name, List<String> install, List<String> program, String... options) {
        Path directory = BuildFiles.directory().resolve(name + "-" + COUNT.incrementAndGet());
        return Unchecked.get(() -> {
            KeycloakDistribution.delete(directory);
            Files.createDirectories(directory);
            run(directory, install);
            int port = FreePorts.free();
            // the path of a socket has to be short
            Path socket = Files.createTempDirectory("db").resolve("s");
            List<String> command = common(program, directory);
            command.addAll(List.of(
                    "--bind-address=127.0.0.1",
                    "--port=" + port,
                    "--socket=" + socket,
                    "--pid-file=" + directory.resolve("pid"),
                    "--skip-name-resolve",
                    "--max-connections=250",
                    // none of the tests lets it crash
                    "--innodb-flush-log-at-trx-commit=2",
                    "--skip-innodb-doublewrite",
                    "--character-set-server=utf8mb4",
                    "--init-file=" + initFile(directory)));
            command.addAll(List.of(options));
            Process process = launch(directory, command);
            MySqlFamilyServer server = new MySqlFamilyServer(process, directory, port);
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
            Awaitility.await(name).atMost(LIMIT).until(server::answers);
            return server;
        });
    }

    private static void run(Path directory, List<String> install) throws IOException, InterruptedException {
        Process process = launch(directory, common(install, directory));
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("no data directory, see " + directory.resolve("log"));
        }
    }

    private static Process launch(Path directory, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
    }

    /** It refuses to run as root unless it is told to. */
    private static List<String> common(List<String> program, Path directory) {
        List<String> command = new ArrayList<>(program);
        command.add("--datadir=" + directory.resolve("data"));
        command.add("--user=" + System.getProperty("user.name"));
        return command;
    }

    private static Path initFile(Path directory) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "create user if not exists '%1$s'@'%%' identified by '%1$s';".formatted(OWNER),
                "grant all on *.* to '%s'@'%%';".formatted(OWNER)));
        IntStream.rangeClosed(1, DATABASES)
                .mapToObj(number -> "create database if not exists " + OWNER + number + " character set utf8mb4;")
                .forEach(lines::add);
        return Files.write(directory.resolve("init.sql"), lines, StandardCharsets.UTF_8);
    }

    /** It greets a client that connects, once it has run the file. */
    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("ended with " + process.exitValue() + ", see " + directory.resolve("log"));
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(2_000);
            return socket.getInputStream().read() > 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The name of an empty database. */
    String createDatabase() {
        int number = databases.incrementAndGet();
        if (number > DATABASES) {
            throw new IllegalStateException("there are only " + DATABASES);
        }
        return OWNER + number;
    }

    /** What a Keycloak needs to use a database. */
    String[] options(String vendor, String database) {
        return new String[] {
            "--db=" + vendor,
            "--db-url=jdbc:" + vendor + "://127.0.0.1:" + port + "/" + database,
            "--db-username=" + OWNER,
            "--db-password=" + OWNER
        };
    }

    private void stop() {
        ProcessRunner.end(process, LIMIT);
    }

    @Override
    public void close() {
        stop();
        Unchecked.run(() -> KeycloakDistribution.delete(directory.resolve("data")));
    }
}
