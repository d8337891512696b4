package io.github.backupcodes.race;

import io.github.backupcodes.support.database.DatabaseServer;
import io.github.backupcodes.support.server.Cluster;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.TestProviders;
import java.util.List;

/** Servers that stand on something of their own. */
record ServerSetup(List<KeycloakServer> nodes, AutoCloseable below) implements AutoCloseable {

    /** One server over a database. */
    static ServerSetup on(String name, DatabaseServer database) {
        KeycloakServer server = KeycloakServer.named(name)
                .provider(TestProviders.jar())
                .database(database.options(database.createDatabase()))
                .options(MainRaceTests.EXPIRY_CHECK)
                .start();
        return new ServerSetup(List.of(server), database);
    }

    /** Two servers over a database. */
    static ServerSetup of(Cluster.Builder cluster) {
        Cluster two = cluster.providers(TestProviders.jar())
                .options(MainRaceTests.EXPIRY_CHECK)
                .start();
        return new ServerSetup(two.nodes(), two);
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
