package io.github.backupcodes.support.server;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.Unchecked;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Describes a server, see {@link KeycloakServer#named}. */
public final class ServerBuilder {

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
    private boolean fullSpeed;
    private Duration limit = Duration.ofMinutes(4);
    private Consumer<Duration> progress = elapsed -> {};
    private ServerRuntime runtime = ServerRuntime.chosen();
    private @Nullable Path java;
    private @Nullable Path directory;
    private @Nullable KeycloakServer original;

    ServerBuilder(String name) {
        this.name = name;
    }

    /** A directory of its own choice instead of {@code target/keycloak/<name>}. */
    public ServerBuilder in(Path path) {
        this.directory = path;
        return this;
    }

    /**
     * A copy of another server with the same build options and providers: it is built already, which saves half a
     * minute. Data are not copied.
     */
    public ServerBuilder copying(KeycloakServer server) {
        this.original = server;
        return this;
    }

    /** The command of {@code kc.sh}; {@code start-dev} unless told otherwise. */
    public ServerBuilder mode(String command) {
        this.mode = command;
        return this;
    }

    /**
     * The database; an H2 in memory unless told otherwise.
     *
     * @param arguments for example {@code --db=dev-file}, or {@code --db=postgres} with its URL and password
     */
    public ServerBuilder database(String... arguments) {
        this.database = List.of(arguments);
        return this;
    }

    /** More arguments of {@code kc.sh}. */
    public ServerBuilder options(String... arguments) {
        this.options.addAll(List.of(arguments));
        return this;
    }

    /** More options of its JVM. */
    public ServerBuilder javaOptions(String... arguments) {
        this.javaOptions.addAll(List.of(arguments));
        return this;
    }

    /** An environment variable. */
    public ServerBuilder environment(String variable, String value) {
        this.environment.put(variable, value);
        return this;
    }

    /** One more jar in {@code providers/}. */
    public ServerBuilder provider(Path jar) {
        this.providers.add(jar);
        return this;
    }

    /** A theme of an administrator's own in {@code themes/}. */
    public ServerBuilder theme(Path theme) {
        this.themes.add(theme);
        return this;
    }

    /** A stock Keycloak, without the extension. */
    public ServerBuilder withoutExtension() {
        this.extension = false;
        return this;
    }

    /** Another build of the extension. */
    public ServerBuilder extension(Path file) {
        this.jar = file;
        return this;
    }

    /**
     * Another version of Keycloak.
     *
     * @param home an unpacked distribution instead of the one of this build
     */
    public ServerBuilder distribution(Path home) {
        this.distribution = home;
        return this;
    }

    /**
     * Another Java.
     *
     * @param home its home directory, instead of the one of the Java that runs the tests
     */
    public ServerBuilder java(Path home) {
        this.java = home;
        return this;
    }

    /**
     * Lets the JVM compile as in production, for tests that measure. Without it the start takes half the time, and
     * hashes take longer.
     */
    public ServerBuilder fullSpeed() {
        this.fullSpeed = true;
        return this;
    }

    /**
     * An image for production with the extension in it, run in a container whatever the runtime of this build is. It is
     * started as it was built: mode, providers, themes and realms of this description are not its.
     */
    public ServerBuilder image(String image) {
        this.runtime = new ImageRuntime(image, ContainerNetwork.asked());
        return this;
    }

    /** A realm to be imported at the first start. */
    public ServerBuilder importing(Path realm) {
        this.imports.add(realm);
        return this;
    }

    /** The port; a free one unless told otherwise. */
    public ServerBuilder port(int number) {
        this.port = number;
        return this;
    }

    /**
     * The management port; a free one unless told otherwise. Health and metrics are there when the options turn
     * them on.
     */
    public ServerBuilder managementPort(int number) {
        this.managementPort = number;
        return this;
    }

    /**
     * The largest heap; 1 GiB unless told otherwise.
     *
     * @param size as the JVM takes it, for example {@code 768m}
     */
    public ServerBuilder heap(String size) {
        this.heap = size;
        return this;
    }

    /** Starts on the copy and the data that an earlier server of this name has left. */
    public ServerBuilder keepingData() {
        this.keepData = true;
        return this;
    }

    /** How long the start may take. */
    public ServerBuilder within(Duration duration) {
        this.limit = duration;
        return this;
    }

    /** Called a few times a second during the start, with the time elapsed. */
    public ServerBuilder onProgress(Consumer<Duration> listener) {
        this.progress = listener;
        return this;
    }

    /** Starts it and waits until it answers. */
    public KeycloakServer start() {
        return Unchecked.get(() -> KeycloakServer.start(runtime, spec(), new ServerStartup(limit, progress)));
    }

    private ServerSpec spec() {
        Path home = directory != null
                ? directory
                : BuildFiles.directory().resolve("keycloak").resolve(name);
        return new ServerSpec(
                new ServerHome(home),
                contents(),
                mode,
                arguments(),
                variables(),
                Optional.ofNullable(java),
                port == 0 ? FreePorts.free() : port,
                managementPort == 0 ? FreePorts.free() : managementPort);
    }

    private ServerHomeContents contents() {
        List<Path> jars = new ArrayList<>(providers);
        if (extension) {
            jars.add(jar);
        }
        return new ServerHomeContents(
                distribution, Optional.ofNullable(original).map(KeycloakServer::home), jars, themes, imports, keepData);
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(database);
        if (!imports.isEmpty()) {
            arguments.add("--import-realm");
        }
        arguments.addAll(options);
        return arguments;
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx" + heap);
        variables.put("KC_BOOTSTRAP_ADMIN_USERNAME", KeycloakServer.ADMIN);
        variables.put("KC_BOOTSTRAP_ADMIN_PASSWORD", KeycloakServer.ADMIN);
        variables.put("JAVA_OPTS_APPEND", String.join(" ", allJavaOptions()));
        variables.putAll(environment);
        return variables;
    }

    private List<String> allJavaOptions() {
        List<String> all = new ArrayList<>();
        if (!fullSpeed) {
            all.add("-XX:TieredStopAtLevel=1");
        }
        JacocoAgent.option().ifPresent(all::add);
        all.addAll(javaOptions);
        return all;
    }
}
