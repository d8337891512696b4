package io.github.backupcodes.support.server;

import io.github.backupcodes.support.realm.AdminClient;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A real Keycloak with the extension, in a process or a container of its own ({@code -Dkeycloak.runtime}), on loopback.
 * It has its own copy of the distribution under {@code target/keycloak/<name>}, and fresh data unless told otherwise.
 */
public final class KeycloakServer implements AutoCloseable {

    /** The bootstrap administrator's name and password. */
    public static final String ADMIN = "admin";

    private final ServerProcess process;
    private final ServerSpec spec;
    private final AdminClient admin;
    private final Thread hook;

    private KeycloakServer(ServerProcess process, ServerSpec spec) {
        this.process = process;
        this.spec = spec;
        this.admin = new AdminClient(baseUrl(), ADMIN, ADMIN);
        this.hook = new Thread(process::stop, "stop-" + home().getFileName());
    }

    static KeycloakServer start(ServerRuntime runtime, ServerSpec spec, ServerStartup startup) throws IOException {
        runtime.endLeftOver(spec.home());
        spec.home().fill(spec.contents());
        KeycloakServer server = new KeycloakServer(runtime.launch(spec), spec);
        Runtime.getRuntime().addShutdownHook(server.hook);
        try {
            startup.await(server.process, server.baseUrl(), server.log());
            spec.home().markBuilt();
        } catch (IllegalStateException failed) {
            server.close();
            throw failed;
        }
        return server;
    }

    /**
     * A server to be described, then started.
     *
     * @param name the name of its directory under {@code target/keycloak}
     */
    public static ServerBuilder named(String name) {
        return new ServerBuilder(name);
    }

    /**
     * Where it answers.
     *
     * @return for example {@code http://127.0.0.1:40123}
     */
    public String baseUrl() {
        return "http://127.0.0.1:" + spec.port();
    }

    /** Where its health and metrics are, when the options turn them on. */
    public String managementUrl() {
        return "http://127.0.0.1:" + spec.managementPort();
    }

    /**
     * Its copy of the distribution, with what was added to it, its data and its log. For a server in a container it is
     * of the same version, and the container shares its data.
     */
    public Path home() {
        return spec.home().directory();
    }

    /**
     * What it logs.
     *
     * @return a view of the log
     */
    public ServerLog log() {
        return spec.home().log();
    }

    /** Its admin REST, as the bootstrap administrator. */
    public AdminClient admin() {
        return admin;
    }

    /** Whether the process lives. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The process that runs Java; the script that starts it is another one. */
    public long jvm() {
        return process.jvm();
    }

    /** Ends it at once and without warning, as a power cut would. */
    public void kill() {
        process.kill();
    }

    /** Stops it. Nothing of it lives on. */
    @Override
    public void close() {
        process.stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // the hook runs or has run
        }
    }
}
