package io.github.backupcodes.emailcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.backupcodes.support.server.Cluster;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** With challenges, tries and limits in the database, in the transaction of each request, and no user in a cache. */
@Tag("databases")
@ResourceLock(StatelessCluster.LOCK)
class EmailCodeStatelessRaceIT extends EmailCodeRaceTests {

    @Override
    Cluster cluster() {
        return StatelessCluster.get();
    }

    @Test
    void theMetricFollowsTheSizeOfTheStore() throws Exception {
        endAll();
        awaitCount(0);
        int limit = 20;
        assertThat(sent("sign-in-realm-hour", limit, limit + 50)).isEqualTo(limit);
        int rows = rows();
        assertThat(rows).isGreaterThan(2 * limit);
        awaitCount(rows);
        endAll();
        awaitCount(0);
    }

    @Override
    boolean undoesReservations() {
        return true;
    }

    private void awaitCount(int rows) {
        await("counted by both nodes")
                .until(() -> nodes().metrics("backup_codes_single_use_objects").allMatch(count -> count == rows));
    }

    /** Instead of waiting for an hour. */
    private void endAll() throws SQLException {
        try (Connection connection = cluster().postgres().connect(cluster().database());
                Statement statement = connection.createStatement()) {
            statement.execute("update single_use_object set expire = 1 where id like 'bc:%'");
        }
    }

    private int rows() throws SQLException {
        try (Connection connection = cluster().postgres().connect(cluster().database());
                Statement statement = connection.createStatement();
                ResultSet answer =
                        statement.executeQuery("select count(*) from single_use_object where id like 'bc:%'")) {
            answer.next();
            return answer.getInt(1);
        }
    }
}
