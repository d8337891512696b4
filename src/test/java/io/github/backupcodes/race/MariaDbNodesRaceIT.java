package io.github.backupcodes.race;

import io.github.backupcodes.support.Cluster;
import io.github.backupcodes.support.MariaDb;
import org.junit.jupiter.api.Tag;

/** Two nodes over MariaDB as version 11.8 comes. */
@Tag("databases")
class MariaDbNodesRaceIT extends StandTests {

    @Override
    String ground() {
        return "MariaDB 11.4, REPEATABLE READ, snapshot isolation, two nodes";
    }

    @Override
    Stand build() {
        return Stand.of(Cluster.named("mariadb-nodes").over(() -> MariaDb.start("--innodb-snapshot-isolation=ON")));
    }
}
