package io.github.backupcodes.race;

import io.github.backupcodes.support.database.MariaDb;
import org.junit.jupiter.api.Order;

/**
 * One server over MariaDB as version 11.8 comes: REPEATABLE READ, in which a transaction goes on seeing what it saw first, and
 * an error for who locks a row that has changed since.
 */
@Order(4)
class MariaDbRaceIT extends ServerSetupRaceTests {

    @Override
    String ground() {
        return "MariaDB 11.4, REPEATABLE READ, snapshot isolation";
    }

    @Override
    ServerSetup build() {
        return ServerSetup.on("mariadb", MariaDb.start("--innodb-snapshot-isolation=ON"));
    }
}
