package io.github.backupcodes.race;

import io.github.backupcodes.support.database.MariaDb;
import org.junit.jupiter.api.Tag;

/**
 * One server over MariaDB as versions before 11.6.2 come.
 */
@Tag("databases")
class MariaDbRepeatableReadRaceIT extends ServerSetupRaceTests {

    @Override
    String ground() {
        return "MariaDB 11.4, REPEATABLE READ";
    }

    @Override
    ServerSetup build() {
        return ServerSetup.on("mariadb-rr", MariaDb.start());
    }
}
