package io.github.backupcodes.race;

import io.github.backupcodes.support.database.MariaDb;
import io.github.backupcodes.support.server.Cluster;
import org.junit.jupiter.api.Tag;

/** Two nodes over MariaDB as version 11.8 comes. */
@Tag("databases")
class MariaDbNodesRaceIT extends ServerSetupRaceTests {

    @Override
    String ground() {
        return "MariaDB 11.4, REPEATABLE READ, snapshot isolation, two nodes";
    }

    @Override
    ServerSetup build() {
        return ServerSetup.of(
                Cluster.named("mariadb-nodes").over(() -> MariaDb.start("--innodb-snapshot-isolation=ON")));
    }
}
