package io.github.backupcodes.upgrade;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the database has of a user. */
final class StoredRows {

    private final Connection connection;

    StoredRows(Connection connection) {
        this.connection = connection;
    }

    /** The credentials of the extension, and Keycloak's recovery codes, of which the extension keeps traces. */
    List<Recording.Row> credentials(String user) throws SQLException {
        List<Recording.Row> rows = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "select id, type, user_label, created_date, credential_data, secret_data from credential"
                        + " where user_id = ? and (type like 'backup-codes%' or type = 'recovery-authn-codes')"
                        + " order by type")) {
            query.setString(1, user);
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    rows.add(new Recording.Row(
                            found.getString(1),
                            found.getString(2),
                            found.getString(3),
                            found.getLong(4),
                            found.getString(5),
                            found.getString(6)));
                }
            }
        }
        return rows;
    }

    Map<String, String> attributes(String user) throws SQLException {
        Map<String, String> attributes = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement("select name, value from user_attribute"
                + " where user_id = ? and (name like 'backup-codes%' or name like 'login-verification%')")) {
            query.setString(1, user);
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    attributes.put(found.getString(1), found.getString(2));
                }
            }
        }
        return attributes;
    }
}
