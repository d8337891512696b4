package io.github.backupcodes.race;

import io.github.backupcodes.support.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;

/** One server over PostgreSQL where an administrator has chosen a stricter isolation than the default. */
@Tag("databases")
class PostgresRepeatableReadRaceIT extends StandTests {

    @Override
    String ground() {
        return "PostgreSQL, REPEATABLE READ";
    }

    @Override
    Stand build() {
        Postgres postgres = Postgres.start();
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("alter system set default_transaction_isolation = 'repeatable read'");
            statement.execute("select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Stand.on("postgres-rr", postgres);
    }
}
