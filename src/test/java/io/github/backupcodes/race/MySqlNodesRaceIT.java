package io.github.backupcodes.race;

import io.github.backupcodes.support.database.MySql;
import io.github.backupcodes.support.server.Cluster;
import org.junit.jupiter.api.Tag;

/** Two nodes over MySQL as it comes. */
@Tag("databases")
class MySqlNodesRaceIT extends ServerSetupRaceTests {

    @Override
    String ground() {
        return "MySQL, REPEATABLE READ, two nodes";
    }

    @Override
    ServerSetup build() {
        return ServerSetup.of(Cluster.named("mysql-nodes").over(MySql::start));
    }
}
