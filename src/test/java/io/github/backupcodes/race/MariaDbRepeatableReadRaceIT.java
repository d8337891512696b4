package io.github.backupcodes.race;

import io.github.backupcodes.support.MariaDb;
import org.junit.jupiter.api.Tag;

/**
 * One server over MariaDB as versions before 11.6.2 come.
 */
@Tag("databases")
class MariaDbRepeatableReadRaceIT extends StandTests {

    @Override
    String ground() {
        return "MariaDB 11.4, REPEATABLE READ";
    }

    @Override
    Stand build() {
        return Stand.on("mariadb-rr", MariaDb.start());
    }
}
