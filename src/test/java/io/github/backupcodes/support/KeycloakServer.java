package io.github.backupcodes.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A real Keycloak in a process of its own, with the extension, on loopback. It has its own copy of the distribution
 * under {@code target/keycloak/<name>}, and fresh data unless told otherwise.
 */
public final class KeycloakServer implements AutoCloseable {

    /** The bootstrap administrator's name and password. */
    public static final String ADMIN = "admin";

    private static final String LOG = "server.log";
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final Process process;
    private final Path home;
    private final int port;
    private final int managementPort;
    private final ServerLog log;
    private final AdminClient admin;
    private final Thread hook;

    private KeycloakServer(Process process, Path home, int port, int managementPort, ServerLog log) {
        this.process = process;
        this.home = home;
        this.port = port;
        this.managementPort = managementPort;
        this.log = log;
        this.admin = new AdminClient(baseUrl(), ADMIN, ADMIN);
        this.hook = new Thread(this::stop, "stop-" + home.getFileName());
    }

    /**
     * A server to be described, then started.
     *
     * @param name the name of its directory under {@code target/keycloak}
     * @return its description
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /**
     * Where it answers.
     *
     * @return for example {@code http://127.0.0.1:40123}
     */
    public String baseUrl() {
        return "http://127.0.0.1:" + port;
    }

    /**
     * Where its health and metrics are, when the options turn them on.
     *
     * @return for example {@code http://127.0.0.1:40124}
     */
    public String managementUrl() {
        return "http://127.0.0.1:" + managementPort;
    }

    /**
     * Its copy of the distribution.
     *
     * @return the home directory
     */
    public Path home() {
        return home;
    }

    /**
     * What it logs.
     *
     * @return a view of the log
     */
    public ServerLog log() {
        return log;
    }

    /**
     * Its admin REST, as the bootstrap administrator.
     *
     * @return the client
     */
    public AdminClient admin() {
        return admin;
    }

    /**
     * Whether the process lives.
     *
     * @return true while it does
     */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * The process that runs Java; the script that starts it is another one.
     *
     * @return its id
     */
    public long jvm() {
        return family().stream()
                .filter(handle -> handle.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no JVM in " + home))
                .pid();
    }

    /** Ends it at once and without warning, as a power cut would. */
    public void kill() {
        family().forEach(ProcessHandle::destroyForcibly);
        awaitEnd();
    }

    /** Stops it. Nothing of it lives on. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // the hook runs or has run
        }
    }

    private void stop() {
        List<ProcessHandle> family = family();
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                family.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // the script may have ended before its child
        family.forEach(ProcessHandle::destroyForcibly);
        awaitEnd();
    }

    /** The script and the JVM that it starts. */
    private List<ProcessHandle> family() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        return all;
    }

    private void awaitEnd() {
        try {
            process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAnswer(Duration limit, Consumer<Duration> progress) {
        Instant start = Instant.now();
        HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl() + "/realms/master"))
                .timeout(Duration.ofSeconds(10))
                .build();
        while (true) {
            Duration elapsed = Duration.between(start, Instant.now());
            if (!process.isAlive()) {
                throw new IllegalStateException("Keycloak ended with " + process.exitValue() + " while starting. "
                        + log.file() + " ends with:\n" + log.tail(60));
            }
            if (elapsed.compareTo(limit) > 0) {
                throw new IllegalStateException("Keycloak does not answer after " + limit.toSeconds() + " s. "
                        + log.file() + " ends with:\n" + log.tail(60));
            }
            try {
                HttpResponse<Void> response = HTTP.send(request, HttpResponse.BodyHandlers.discarding());
                if (response.statusCode() == 200) {
                    return;
                }
                Thread.sleep(200);
            } catch (IOException notYet) {
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while Keycloak was starting", e);
            }
            progress.accept(elapsed);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Keycloak was starting", e);
        }
    }

    /** Describes a server. */
    public static final class Builder {

        private final String name;
        private final List<Path> providers = new ArrayList<>();
        private final List<Path> themes = new ArrayList<>();
        private final List<Path> imports = new ArrayList<>();
        private final List<String> options = new ArrayList<>();
        private final List<String> javaOptions = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private String mode = "start-dev";
        private List<String> database = List.of("--db=dev-mem");
        private String heap = "1g";
        private int port;
        private int managementPort;
        private boolean keepData;
        private boolean extension = true;
        private Path jar = BuildFiles.extension();
        private Path distribution = BuildFiles.keycloakHome();
        private Path java = Path.of(System.getProperty("java.home"));
        private boolean fullSpeed;
        private Duration limit = Duration.ofMinutes(4);
        private Consumer<Duration> progress = elapsed -> {};
        private @Nullable Path directory;
        private @Nullable KeycloakServer original;

        private Builder(String name) {
            this.name = name;
        }

        /**
         * A directory of its own choice in place of {@code target/keycloak/<name>}.
         *
         * @param path the directory, made by the first start
         * @return this
         */
        public Builder in(Path path) {
            this.directory = path;
            return this;
        }

        /**
         * A copy of another server with the same build options and providers: it is built already, which saves half a
         * minute. Data are not copied.
         *
         * @param server has been started
         * @return this
         */
        public Builder copying(KeycloakServer server) {
            this.original = server;
            return this;
        }

        /**
         * The command of {@code kc.sh}; {@code start-dev} unless told otherwise.
         *
         * @param command for example {@code start}
         * @return this
         */
        public Builder mode(String command) {
            this.mode = command;
            return this;
        }

        /**
         * The database; an H2 in memory unless told otherwise.
         *
         * @param arguments for example {@code --db=dev-file}, or {@code --db=postgres} with its URL and password
         * @return this
         */
        public Builder database(String... arguments) {
            this.database = List.of(arguments);
            return this;
        }

        /**
         * More arguments of {@code kc.sh}.
         *
         * @param arguments for example {@code --features=stateless}
         * @return this
         */
        public Builder options(String... arguments) {
            this.options.addAll(List.of(arguments));
            return this;
        }

        /**
         * More options of its JVM.
         *
         * @param arguments for example {@code -Djgroups.bind.address=127.0.0.1}
         * @return this
         */
        public Builder javaOptions(String... arguments) {
            this.javaOptions.addAll(List.of(arguments));
            return this;
        }

        /**
         * An environment variable.
         *
         * @param variable its name
         * @param value its value
         * @return this
         */
        public Builder environment(String variable, String value) {
            this.environment.put(variable, value);
            return this;
        }

        /**
         * One more jar in {@code providers/}.
         *
         * @param jar the jar
         * @return this
         */
        public Builder provider(Path jar) {
            this.providers.add(jar);
            return this;
        }

        /**
         * A theme of an administrator's own in {@code themes/}.
         *
         * @param theme its directory, which has the theme's name
         * @return this
         */
        public Builder theme(Path theme) {
            this.themes.add(theme);
            return this;
        }

        /**
         * A stock Keycloak, without the extension.
         *
         * @return this
         */
        public Builder withoutExtension() {
            this.extension = false;
            return this;
        }

        /**
         * Another build of the extension.
         *
         * @param file the jar in place of the one of this build
         * @return this
         */
        public Builder extension(Path file) {
            this.jar = file;
            return this;
        }

        /**
         * Another version of Keycloak.
         *
         * @param home an unpacked distribution in place of the one of this build
         * @return this
         */
        public Builder distribution(Path home) {
            this.distribution = home;
            return this;
        }

        /**
         * Another Java.
         *
         * @param home its home directory, in place of the one of the Java that runs the tests
         * @return this
         */
        public Builder java(Path home) {
            this.java = home;
            return this;
        }

        /**
         * Lets the JVM compile as in production, for tests that measure. Without it the start takes half the time, and
         * hashes take longer.
         *
         * @return this
         */
        public Builder fullSpeed() {
            this.fullSpeed = true;
            return this;
        }

        /**
         * A realm to be imported at the first start.
         *
         * @param realm its JSON file
         * @return this
         */
        public Builder importing(Path realm) {
            this.imports.add(realm);
            return this;
        }

        /**
         * The port; a free one unless told otherwise.
         *
         * @param number the port
         * @return this
         */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /**
         * The management port; a free one unless told otherwise. Health and metrics are there when the options turn
         * them on.
         *
         * @param number the port
         * @return this
         */
        public Builder managementPort(int number) {
            this.managementPort = number;
            return this;
        }

        /**
         * The largest heap; 1 GiB unless told otherwise.
         *
         * @param size as the JVM takes it, for example {@code 768m}
         * @return this
         */
        public Builder heap(String size) {
            this.heap = size;
            return this;
        }

        /**
         * Starts on the copy and the data that an earlier server of this name has left.
         *
         * @return this
         */
        public Builder keepingData() {
            this.keepData = true;
            return this;
        }

        /**
         * How long the start may take.
         *
         * @param duration four minutes unless told otherwise
         * @return this
         */
        public Builder within(Duration duration) {
            this.limit = duration;
            return this;
        }

        /**
         * Called a few times a second during the start, with the time elapsed.
         *
         * @param listener the listener
         * @return this
         */
        public Builder onProgress(Consumer<Duration> listener) {
            this.progress = listener;
            return this;
        }

        /**
         * Starts it and waits until it answers.
         *
         * @return the running server
         * @throws IllegalStateException with the end of its log, when it ends or takes too long
         */
        public KeycloakServer start() {
            Path home = directory != null
                    ? directory
                    : BuildFiles.directory().resolve("keycloak").resolve(name);
            try {
                endLeftOver(home);
                prepare(home);
                return launch(home);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /**
         * Fresh data on a copy of the distribution. A copy that has run before is kept, for then Keycloak need not build
         * itself again when nothing has changed.
         */
        private void prepare(Path home) throws IOException {
            if (!keepData) {
                ServerLog.putAway(home.resolve(LOG));
            }
            if (original != null && !keepData) {
                Distribution.delete(home);
                new Distribution(original.home()).copyTo(home);
                // not the log of the original
                Files.deleteIfExists(home.resolve(LOG));
            } else if (!Files.exists(marker(home)) || !isSameVersion(home)) {
                Distribution.delete(home);
                new Distribution(distribution).copyTo(home);
            } else if (!keepData) {
                Distribution.delete(home.resolve("data"));
                Files.deleteIfExists(home.resolve(LOG));
            }
            Files.deleteIfExists(marker(home));
            List<Path> jars = new ArrayList<>(providers);
            if (extension) {
                jars.add(jar);
            }
            Distribution.delete(home.resolve("providers"));
            copyInto(home.resolve("providers"), jars);
            Distribution.delete(home.resolve("data/import"));
            copyInto(home.resolve("data/import"), imports);
            Distribution.delete(home.resolve("themes"));
            for (Path theme : themes) {
                new Distribution(theme).copyTo(home.resolve("themes").resolve(String.valueOf(theme.getFileName())));
            }
        }

        private boolean isSameVersion(Path home) throws IOException {
            return Files.mismatch(home.resolve("version.txt"), distribution.resolve("version.txt")) == -1;
        }

        /** Left by a server that came up, so that a copy broken in the middle of its build is not used again. */
        private static Path marker(Path home) {
            return home.resolveSibling(home.getFileName() + ".built");
        }

        private static void copyInto(Path target, List<Path> files) throws IOException {
            Files.createDirectories(target);
            for (Path file : files) {
                // with its time, by which Keycloak tells whether it has changed
                Files.copy(
                        file, target.resolve(String.valueOf(file.getFileName())), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }

        private KeycloakServer launch(Path home) throws IOException {
            int http = port == 0 ? Ports.free() : port;
            int management = managementPort == 0 ? Ports.free() : managementPort;
            ServerLog log = new ServerLog(home.resolve(LOG));
            ProcessBuilder builder = new ProcessBuilder(command(home, http, management))
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
            Map<String, String> variables = builder.environment();
            // what the caller's shell has set for another Keycloak must not leak in
            variables.keySet().removeIf(key -> key.startsWith("KC_") || key.startsWith("JAVA_OPTS"));
            variables.put("JAVA_HOME", java.toString());
            variables.put("JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx" + heap);
            variables.put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
            variables.put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
            variables.put("JAVA_OPTS_APPEND", String.join(" ", javaOptions()));
            variables.putAll(environment);
            Process process = builder.start();
            Files.writeString(pidFile(home), Long.toString(process.pid()), StandardCharsets.UTF_8);
            KeycloakServer server = new KeycloakServer(process, home, http, management, log);
            Runtime.getRuntime().addShutdownHook(server.hook);
            try {
                server.awaitAnswer(limit, progress);
                Files.writeString(marker(home), "", StandardCharsets.UTF_8);
            } catch (IllegalStateException failed) {
                server.close();
                throw failed;
            }
            return server;
        }

        private List<String> javaOptions() {
            List<String> all = new ArrayList<>();
            if (!fullSpeed) {
                all.add("-XX:TieredStopAtLevel=1");
            }
            Coverage.option().ifPresent(all::add);
            all.addAll(javaOptions);
            return all;
        }

        private List<String> command(Path home, int http, int management) {
            boolean windows =
                    System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");
            List<String> command = new ArrayList<>();
            command.add(home.resolve(windows ? "bin/kc.bat" : "bin/kc.sh").toString());
            command.add(mode);
            command.addAll(database);
            Collections.addAll(
                    command,
                    "--http-host=127.0.0.1",
                    "--http-port=" + http,
                    "--http-management-host=127.0.0.1",
                    "--http-management-port=" + management);
            if (!imports.isEmpty()) {
                command.add("--import-realm");
            }
            command.addAll(options);
            return command;
        }

        /** A run that was killed may have left its server behind; it would hold the data. */
        private static void endLeftOver(Path home) throws IOException {
            Path file = pidFile(home);
            if (!Files.exists(file)) {
                return;
            }
            long pid = Long.parseLong(Files.readString(file).trim());
            ProcessHandle.of(pid)
                    .filter(handle -> handle.info()
                            .arguments()
                            .map(arguments -> String.join(" ", arguments).contains(home.toString()))
                            .orElse(false))
                    .ifPresent(handle -> {
                        handle.descendants().forEach(ProcessHandle::destroyForcibly);
                        handle.destroyForcibly();
                        handle.onExit().orTimeout(10, TimeUnit.SECONDS).join();
                    });
        }

        private static Path pidFile(Path home) {
            return home.resolveSibling(home.getFileName() + ".pid");
        }
    }
}
