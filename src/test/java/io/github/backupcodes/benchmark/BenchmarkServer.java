package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.database.Postgres;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.ServerBuilder;
import io.github.backupcodes.support.server.TestProviders;
import java.util.List;

/**
 * A server as in production, to be measured: built, on a PostgreSQL that writes through, compiled at full speed, on ports of the
 * loopback interface.
 */
record BenchmarkServer(KeycloakServer server, DatabaseStatistics database, Jmx jmx) implements AutoCloseable {

    private static final String HEAP = "1g";

    /**
     * Starts a server with the extension.
     *
     * @param name     of its directory under {@code target/keycloak}
     * @param options  more arguments of {@code kc.sh}
     */
    static BenchmarkServer start(String name, Postgres postgres, String... options) {
        return start(name, new DatabaseStatistics(postgres, postgres.createDatabase()), options);
    }

    /**
     * Starts a server with the extension.
     *
     * @param name     of its directory under {@code target/keycloak}
     * @param options  more arguments of {@code kc.sh}
     */
    static BenchmarkServer start(String name, DatabaseStatistics database, String... options) {
        return launch(described(name, database).options(options), database);
    }

    /**
     * Starts one more server, built already, on a database of its own.
     *
     * @param name of its directory under {@code target/keycloak}
     */
    BenchmarkServer another(String name) {
        DatabaseStatistics own =
                new DatabaseStatistics(database.postgres(), database.postgres().createDatabase());
        return launch(described(name, own).copying(server), own);
    }

    private static BenchmarkServer launch(ServerBuilder described, DatabaseStatistics database) {
        Jmx jmx = Jmx.onFreePort();
        KeycloakServer server = described
                .provider(TestProviders.jar())
                .javaOptions(jmx.options())
                .start();
        return new BenchmarkServer(server, database, jmx);
    }

    /** A server as in production. */
    static ServerBuilder described(String name, DatabaseStatistics database) {
        return KeycloakServer.named(name)
                .mode("start")
                .database(database.postgres().options(database.name()))
                .options(
                        "--cache=ispn",
                        "--http-enabled=true",
                        "--hostname-strict=false",
                        // the server tells how long its hashes take
                        "--metrics-enabled=true")
                .javaOptions("-Djgroups.bind.address=127.0.0.1", "-Djgroups.bind_addr=127.0.0.1")
                .heap(HEAP)
                .fullSpeed();
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
