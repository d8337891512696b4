package io.github.backupcodes.race;

import io.github.backupcodes.support.MariaDb;
import org.junit.jupiter.api.Tag;

/**
 * One server over MariaDB with the level of isolation that other databases come with.
 */
@Tag("databases")
class MariaDbReadCommittedRaceIT extends StandTests {

    @Override
    String ground() {
        return "MariaDB 11.4, READ COMMITTED";
    }

    @Override
    Stand build() {
        return Stand.on("mariadb-rc", MariaDb.start("--transaction-isolation=READ-COMMITTED"));
    }
}
