package io.github.backupcodes.race;

import io.github.backupcodes.support.Cluster;
import io.github.backupcodes.support.MySql;
import org.junit.jupiter.api.Tag;

/** Two nodes over MySQL as it comes. */
@Tag("databases")
class MySqlNodesRaceIT extends StandTests {

    @Override
    String ground() {
        return "MySQL, REPEATABLE READ, two nodes";
    }

    @Override
    Stand build() {
        return Stand.of(Cluster.named("mysql-nodes").over(MySql::start));
    }
}
