package io.github.backupcodes.race;

import io.github.backupcodes.support.MySql;
import org.junit.jupiter.api.Tag;

/**
 * One server over MySQL as it comes: REPEATABLE READ.
 */
@Tag("databases")
class MySqlRaceIT extends StandTests {

    @Override
    String ground() {
        return "MySQL, REPEATABLE READ";
    }

    @Override
    Stand build() {
        return Stand.on("mysql", MySql.start());
    }
}
