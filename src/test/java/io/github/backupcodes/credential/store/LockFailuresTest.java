package io.github.backupcodes.credential.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.ModelException;

/** What databases say when a row cannot be had, each in its own way. */
class LockFailuresTest {

    @ParameterizedTest
    @CsvSource({
        "HYT00, 50200, true, false, H2 has waited",
        "40001, 40001, true, true, H2 deadlock",
        "55P03, 0, true, false, PostgreSQL has waited",
        "57014, 0, true, false, PostgreSQL has ended the statement",
        "40P01, 0, true, true, PostgreSQL deadlock",
        "HY000, 1205, true, false, MySQL and MariaDB have waited",
        "40001, 1213, true, true, MySQL and MariaDB deadlock",
        "HY000, 1020, true, true, MariaDB snapshot isolation",
        "72000, 30006, true, false, Oracle has waited",
        "61000, 60, true, true, Oracle deadlock",
        "S0051, 1222, true, false, SQL Server has waited",
        "40001, 1205, true, true, SQL Server deadlock",
        "42S02, 1146, false, false, no such table",
        "08006, 0, false, false, connection lost"
    })
    void isToldByStateOrNumber(String state, int number, boolean timeout, boolean ends, String what) {
        // Keycloak keeps no more than what the driver has said
        ModelException failure = new ModelException("Database operation failed", new SQLException(what, state, number));
        assertThat(LockFailures.isLockFailure(failure)).isEqualTo(timeout);
        assertThat(LockFailures.endsTransaction(failure)).isEqualTo(ends);
    }
}
