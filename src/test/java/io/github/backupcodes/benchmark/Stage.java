package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.KeycloakServer;
import io.github.backupcodes.support.Postgres;
import io.github.backupcodes.support.TestProviders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server as in production, to be measured: built, on a PostgreSQL that writes through, compiled at full speed, on ports of the
 * loopback interface.
 *
 * @param server   the running server
 * @param database what it stands on
 * @param jmx      where its allocations are read
 */
record Stage(KeycloakServer server, Database database, Jmx jmx) implements AutoCloseable {

    private static final String HEAP = "1g";

    /**
     * Starts a server with the extension.
     *
     * @param name     of its directory under {@code target/keycloak}
     * @param postgres which runs, and is not ended with it
     * @param options  more arguments of {@code kc.sh}
     */
    static Stage start(String name, Postgres postgres, String... options) {
        return launch(name, postgres, null, options);
    }

    /**
     * Starts one more server, built already, on a database of its own.
     *
     * @param name of its directory under {@code target/keycloak}
     */
    Stage another(String name) {
        return launch(name, database.postgres(), server);
    }

    private static Stage launch(String name, Postgres postgres, @Nullable KeycloakServer original, String... options) {
        Database database = new Database(postgres, postgres.createDatabase());
        Jmx jmx = Jmx.onFreePort();
        var described = KeycloakServer.named(name)
                .mode("start")
                .database(postgres.options(database.name()))
                .options(
                        "--cache=ispn",
                        "--http-enabled=true",
                        "--hostname-strict=false",
                        // the server tells how long its hashes take
                        "--metrics-enabled=true")
                .options(options)
                .provider(TestProviders.jar())
                .javaOptions("-Djgroups.bind.address=127.0.0.1", "-Djgroups.bind_addr=127.0.0.1")
                .javaOptions(jmx.options())
                .heap(HEAP)
                .fullSpeed();
        KeycloakServer server = (original == null ? described : described.copying(original)).start();
        return new Stage(server, database, jmx);
    }

    /** What tells how much its process has used so far. */
    ServerMeter meter() {
        return new ServerMeter(List.of(server), database.postgres(), jmx);
    }

    /** Stops the server; PostgreSQL goes on. */
    @Override
    public void close() {
        jmx.close();
        server.close();
    }
}
