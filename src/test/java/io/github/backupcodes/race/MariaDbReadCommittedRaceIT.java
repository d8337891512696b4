package io.github.backupcodes.race;

import io.github.backupcodes.support.database.MariaDb;
import org.junit.jupiter.api.Tag;

/**
 * One server over MariaDB with the level of isolation that other databases come with.
 */
@Tag("databases")
class MariaDbReadCommittedRaceIT extends ServerSetupRaceTests {

    @Override
    String ground() {
        return "MariaDB 11.4, READ COMMITTED";
    }

    @Override
    ServerSetup build() {
        return ServerSetup.on("mariadb-rc", MariaDb.start("--transaction-isolation=READ-COMMITTED"));
    }
}
