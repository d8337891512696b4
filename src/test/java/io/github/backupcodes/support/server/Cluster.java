package io.github.backupcodes.support.server;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.database.DatabaseServer;
import io.github.backupcodes.support.database.Postgres;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Two Keycloaks over one database, PostgreSQL unless told otherwise, that know of each other. Each names itself by the address
 * that it was called by.
 */
public final class Cluster implements AutoCloseable {

    private static final Pattern VIEW_OF_TWO = Pattern.compile("ISPN000094.*\\(2\\)");
    private static final Pattern MERGED_VIEW_OF_TWO = Pattern.compile("ISPN000093.*\\(2\\)");
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final DatabaseServer below;
    private final String database;
    private final Builder description;
    private final List<KeycloakServer> nodes;

    private Cluster(DatabaseServer below, String database, Builder description, List<KeycloakServer> nodes) {
        this.below = below;
        this.database = database;
        this.description = description;
        this.nodes = new ArrayList<>(nodes);
    }

    /**
     * A cluster to be described, then started.
     *
     * @param name of the directories under {@code target/keycloak}. Who takes a name that was taken before, with the
     *     same providers, finds a server that is built.
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** Starts a node that was killed, where it was before, and waits until the nodes see each other. */
    public KeycloakServer startAgain(int number) {
        KeycloakServer dead = nodes.get(number);
        KeycloakServer other = nodes.get(1 - number);
        long mark = other.log().mark();
        dead.close();
        KeycloakServer alive = startWhereItWas(number);
        nodes.set(number, alive);
        Awaitility.await("two nodes again")
                .atMost(LIMIT)
                .until(() -> VIEW_OF_TWO.matcher(other.log().since(mark)).find());
        return alive;
    }

    /**
     * Stops a node as an administrator does, and starts it with another build of the extension, where it was before.
     */
    public KeycloakServer update(int number, Path jar) {
        description.extension(jar);
        return startAgain(number);
    }

    /** Stops all nodes, as an administrator does, then starts them where they were before. */
    public void restart() {
        nodes.forEach(KeycloakServer::close);
        List<Long> marks = nodes.stream().map(node -> node.log().mark()).toList();
        for (int number = 0; number < nodes.size(); number++) {
            nodes.set(number, startWhereItWas(number));
        }
        awaitViewOfTwo(marks);
    }

    private KeycloakServer startWhereItWas(int number) {
        return description
                .node(number, below, database)
                .port(URI.create(nodes.get(number).baseUrl()).getPort())
                .keepingData()
                .start();
    }

    /** Waits until nodes that did not see each other do so again. */
    public void awaitMerge(long mark) {
        Awaitility.await("two nodes after a split").atMost(LIMIT).until(() -> MERGED_VIEW_OF_TWO
                .matcher(nodes.get(0).log().since(mark))
                .find());
    }

    private void awaitViewOfTwo(List<Long> marks) {
        Awaitility.await("two nodes").atMost(LIMIT).until(() -> IntStream.range(0, nodes.size())
                .allMatch(number -> VIEW_OF_TWO
                        .matcher(nodes.get(number).log().since(marks.get(number)))
                        .find()));
    }

    /** The nodes. */
    public List<KeycloakServer> nodes() {
        return List.copyOf(nodes);
    }

    /** What they stand on. */
    public Postgres postgres() {
        return (Postgres) below;
    }

    /** Their database, for {@link Postgres#connect(String)}. */
    public String database() {
        return database;
    }

    /** Stops the nodes, then the database. */
    @Override
    public void close() {
        nodes.forEach(KeycloakServer::close);
        below.close();
    }

    /** Describes a cluster. */
    public static final class Builder {

        private final String name;
        private final List<Path> providers = new ArrayList<>();
        private final List<String> options = new ArrayList<>();
        private int connections = 40;
        private Supplier<? extends DatabaseServer> below = Postgres::start;
        private Path extension = BuildFiles.extension();
        private boolean apart;
        private boolean fullSpeed;

        private Builder(String name) {
            this.name = name;
        }

        /** Another database. */
        public Builder over(Supplier<? extends DatabaseServer> server) {
            below = server;
            return this;
        }

        /** More jars. */
        public Builder providers(Path... jars) {
            providers.addAll(List.of(jars));
            return this;
        }

        /** More arguments of {@code kc.sh}. */
        public Builder options(String... arguments) {
            options.addAll(List.of(arguments));
            return this;
        }

        /** Another build of the extension. */
        public Builder extension(Path jar) {
            extension = jar;
            return this;
        }

        /** The nodes need not know of each other: they share no more than the database, and what the options name. */
        public Builder apart() {
            apart = true;
            return this;
        }

        /** How many connections to the database each node has at most. */
        public Builder connections(int most) {
            connections = most;
            return this;
        }

        /** Lets the JVMs compile as in production, for tests that measure. */
        public Builder fullSpeed() {
            fullSpeed = true;
            return this;
        }

        /** Starts the database, then one node after the other. */
        public Cluster start() {
            DatabaseServer server = below.get();
            try {
                String database = server.createDatabase();
                KeycloakServer first = node(0, server, database).start();
                try {
                    // a copy is built already
                    KeycloakServer second =
                            node(1, server, database).copying(first).start();
                    Cluster cluster = new Cluster(server, database, this, List.of(first, second));
                    if (!apart) {
                        cluster.awaitViewOfTwo(List.of(0L, 0L));
                    }
                    return cluster;
                } catch (RuntimeException e) {
                    first.close();
                    throw e;
                }
            } catch (RuntimeException e) {
                server.close();
                throw e;
            }
        }

        private ServerBuilder node(int number, DatabaseServer server, String database) {
            ServerBuilder node = KeycloakServer.named(name + "-" + (number + 1))
                    .mode("start")
                    .extension(extension)
                    .database(server.options(database))
                    .options(
                            "--cache=ispn",
                            "--http-enabled=true",
                            // the first node has a name, which fits both; the second takes that of the request
                            number == 0 ? "--hostname=127.0.0.1" : "--hostname-strict=false",
                            "--db-pool-max-size=" + connections)
                    .options(options.toArray(String[]::new))
                    .javaOptions("-Djgroups.bind.address=127.0.0.1", "-Djgroups.bind_addr=127.0.0.1");
            providers.forEach(node::provider);
            return fullSpeed ? node.fullSpeed() : node;
        }
    }
}
