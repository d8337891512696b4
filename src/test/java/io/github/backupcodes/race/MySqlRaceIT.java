package io.github.backupcodes.race;

import io.github.backupcodes.support.database.MySql;
import org.junit.jupiter.api.Tag;

/**
 * One server over MySQL as it comes: REPEATABLE READ.
 */
@Tag("databases")
class MySqlRaceIT extends ServerSetupRaceTests {

    @Override
    String ground() {
        return "MySQL, REPEATABLE READ";
    }

    @Override
    ServerSetup build() {
        return ServerSetup.on("mysql", MySql.start());
    }
}
