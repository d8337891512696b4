package io.github.backupcodes.race;

import io.github.backupcodes.support.Cluster;
import io.github.backupcodes.support.KeycloakServer;
import io.github.backupcodes.support.SqlServer;
import io.github.backupcodes.support.TestProviders;
import java.util.List;

/**
 * Servers that stand on something of their own.
 *
 * @param nodes that share all of it
 * @param below what they stand on, to be closed after them
 */
record Stand(List<KeycloakServer> nodes, AutoCloseable below) implements AutoCloseable {

    /** One server over a database. */
    static Stand on(String name, SqlServer database) {
        KeycloakServer server = KeycloakServer.named(name)
                .provider(TestProviders.jar())
                .database(database.options(database.createDatabase()))
                .options(MainTests.EXPIRY_CHECK)
                .start();
        return new Stand(List.of(server), database);
    }

    /** Two servers over a database. */
    static Stand of(Cluster.Builder cluster) {
        Cluster two = cluster.providers(TestProviders.jar())
                .options(MainTests.EXPIRY_CHECK)
                .start();
        return new Stand(two.nodes(), two);
    }

    @Override
    public void close() {
        nodes.forEach(KeycloakServer::close);
        try {
            below.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
