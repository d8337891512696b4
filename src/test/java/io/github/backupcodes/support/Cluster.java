package io.github.backupcodes.support;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** Two Keycloaks over one PostgreSQL that know of each other. Each names itself by the address that it was called by. */
public final class Cluster implements AutoCloseable {

    private static final Pattern VIEW_OF_TWO = Pattern.compile("ISPN000094.*\\(2\\)");
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Postgres postgres;
    private final String database;
    private final List<KeycloakServer> nodes;

    private Cluster(Postgres postgres, String database, List<KeycloakServer> nodes) {
        this.postgres = postgres;
        this.database = database;
        this.nodes = List.copyOf(nodes);
    }

    /**
     * Starts PostgreSQL, then one node after the other.
     *
     * @param name of their directories under {@code target/keycloak}
     * @param providers more jars
     * @return two nodes that see each other
     */
    public static Cluster start(String name, Path... providers) {
        Postgres postgres = Postgres.start();
        try {
            String database = postgres.createDatabase();
            KeycloakServer first =
                    node(name + "-1", postgres, database, providers).start();
            try {
                // a copy is built already
                KeycloakServer second = node(name + "-2", postgres, database, providers)
                        .copying(first)
                        .start();
                Cluster cluster = new Cluster(postgres, database, List.of(first, second));
                cluster.awaitViewOfTwo();
                return cluster;
            } catch (RuntimeException e) {
                first.close();
                throw e;
            }
        } catch (RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    private static KeycloakServer.Builder node(String name, Postgres postgres, String database, Path... providers) {
        KeycloakServer.Builder node = KeycloakServer.named(name)
                .mode("start")
                .database(postgres.options(database))
                .options("--cache=ispn", "--http-enabled=true", "--hostname-strict=false", "--db-pool-max-size=40")
                .javaOptions("-Djgroups.bind.address=127.0.0.1", "-Djgroups.bind_addr=127.0.0.1");
        for (Path provider : providers) {
            node.provider(provider);
        }
        return node;
    }

    private void awaitViewOfTwo() {
        Awaitility.await("two nodes").atMost(LIMIT).until(() -> nodes.stream()
                .allMatch(node -> VIEW_OF_TWO.matcher(node.log().since(0)).find()));
    }

    /**
     * The nodes.
     *
     * @return two running servers
     */
    public List<KeycloakServer> nodes() {
        return nodes;
    }

    /**
     * What they stand on.
     *
     * @return the running PostgreSQL
     */
    public Postgres postgres() {
        return postgres;
    }

    /**
     * Their database, for {@link Postgres#connect(String)}.
     *
     * @return its name
     */
    public String database() {
        return database;
    }

    /** Stops the nodes, then PostgreSQL. */
    @Override
    public void close() {
        nodes.forEach(KeycloakServer::close);
        postgres.close();
    }
}
