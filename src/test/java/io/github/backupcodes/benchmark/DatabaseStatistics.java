package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.database.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The database of a server, to look into. */
record DatabaseStatistics(Postgres postgres, String name) {

    /** What the admin REST does not give away: hashes and keys. */
    List<Map<String, Object>> credentials(String userId) {
        try (Connection connection = postgres.connect(name);
                PreparedStatement statement = connection.prepareStatement(
                        "select type, credential_data, secret_data from credential where user_id = ? order by priority")) {
            statement.setString(1, userId);
            List<Map<String, Object>> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(Map.of(
                            "type", rows.getString(1),
                            "credentialData", rows.getString(2),
                            "secretData", rows.getString(3)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From its next connection on, each statement is in the log. */
    void logStatements() {
        run("alter database " + name + " set log_statement = 'all'");
    }

    /** What it does by itself, sooner or later: counts what is in its tables. */
    void analyze() {
        run("vacuum analyze");
    }

    private void run(String sql) {
        try (Connection connection = postgres.connect(name);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
