package io.github.backupcodes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.BackupCodesNames;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.KeycloakServer;
import io.github.backupcodes.support.LoginClient;
import io.github.backupcodes.support.MadeCodes;
import io.github.backupcodes.support.MadeRecoveryCodes;
import io.github.backupcodes.support.Postgres;
import io.github.backupcodes.support.RealmAdmin;
import io.github.backupcodes.support.TestRealm;
import io.github.backupcodes.support.TestUser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server with the extension, then the same data without its jar, and the steps of {@code docs/removal.md}. */
class RemovalIT {

    private static final Page PAGE = new Page("removal.md");

    /** Where the names may stay: what has happened, and the history of the schema. */
    private static final String LOGS = "'event_entity', 'admin_event_entity', 'databasechangelog'";

    @Test
    void keycloakWorksWithoutItAndNothingRemains() throws SQLException, IOException, InterruptedException {
        try (Postgres postgres = Postgres.start()) {
            String database = postgres.createDatabase();
            KeycloakServer.Builder server = KeycloakServer.named("removal").database(postgres.options(database));
            String name;
            TestUser alice;
            TestUser bob;
            try (KeycloakServer with = server.start()) {
                TestRealm realm = TestRealm.on(with).withoutBackupCodes().create();
                name = realm.name();
                alice = realm.user("alice").otp().codes(MadeCodes.of(3)).create();
                bob = prepare(realm);
            }
            try (KeycloakServer without =
                    server.keepingData().withoutExtension().start()) {
                TestRealm realm = TestRealm.of(without, without.admin().realm(name));
                LoginClient client = realm.session(LoginClient.connections());
                client.signIn(alice);
                System.out.println("ALICE " + client.page() + client.page().status() + client.page().document().text());
                LoginClient bc = realm.session(LoginClient.connections());
                bc.signIn("plain", bob.password());
                System.out.println("PLAIN " + bc.page() + bc.page().status() + bc.page().document().text());

                Kcadm kcadm = new Kcadm(without, name, new Page("setup.md"));
                kcadm.run(PAGE.block("flows"));
                LoginClient cc = realm.session(LoginClient.connections());
                cc.signIn(alice);
                System.out.println("ALICE2 " + cc.page() + cc.page().status() + cc.page().document().text());
                kcadm.run(PAGE.block("actions"));

                for (TestUser user : List.of(alice, bob)) {
                    signsIn(realm, user);
                }
            }
            try (Connection connection = postgres.connect(database)) {
                assertThat(remains(connection)).isNotEmpty();
                try (Statement statement = connection.createStatement()) {
                    for (String sql : PAGE.block("rows").split(";")) {
                        statement.execute(sql);
                    }
                }
                assertThat(remains(connection)).isEmpty();
            }
        }
    }

    /** Everything that the extension can leave behind: sets, traces, an action to be done, the role of the help desk. */
    private static TestUser prepare(TestRealm realm) {
        RealmAdmin admin = realm.admin();
        admin.client().postForAnswer(admin.path("/backup-codes/setup"), Map.of());
        JsonNode management =
                admin.client().get(admin.path("/clients?clientId=realm-management")).path(0);
        String roles = admin.path("/clients/" + management.path("id").asText() + "/roles");
        if (admin.client().get(roles).findValuesAsText("name").stream().noneMatch("manage-backup-codes"::equals)) {
            admin.client().post(roles, Map.of("name", "manage-backup-codes"));
        }
        TestUser bob = realm.user("bob")
                .otp()
                .credential(MadeRecoveryCodes.now().credential())
                .requiredAction(BackupCodesNames.ACTION)
                .create();
        realm.user("plain").create();
        LoginClient client = realm.session(LoginClient.connections());
        client.signIn(bob);
        client.choose(realm.backupCodeExecution());
        client.backupCode(MadeRecoveryCodes.wrong());
        assertThat(bob.admin().credentials("backup-codes-recovery")).hasSize(1);
        return bob;
    }

    private static void signsIn(TestRealm realm, TestUser user) throws IOException, InterruptedException {
        LoginClient client = realm.session(LoginClient.connections());
        client.signIn(user);
        client.otp(user.totp().now());
        assertThat(client.isSignedIn()).as("%s", client.page()).isTrue();
        HttpRequest request = HttpRequest.newBuilder(URI.create(realm.url() + "/account/credentials"))
                .header("Authorization", "Bearer " + client.tokens().path("access_token").asText())
                .header("Accept", "application/json")
                .build();
        HttpResponse<String> console = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(console.statusCode()).isEqualTo(200);
        assertThat(Json.read(console.body()).findValuesAsText("type"))
                .contains("password", "otp")
                .doesNotContain(BackupCodesNames.CREDENTIAL);
    }

    /** The columns of text, wherever they are, that name something of the extension. */
    private static List<String> remains(Connection connection) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select table_name, column_name from information_schema.columns"
                        + " where table_schema = 'public' and data_type in ('character varying', 'text')"
                        + " and table_name not in (" + LOGS + ")")) {
            while (found.next()) {
                columns.add(found.getString(1) + "." + found.getString(2));
            }
        }
        List<String> remains = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (String column : columns) {
                String[] names = column.split("\\.", 2);
                try (ResultSet count = statement.executeQuery(
                        "select count(*) from \"%s\" where \"%s\" ~* 'backup[-_ ]?codes?'".formatted(names[0], names[1]))) {
                    count.next();
                    if (count.getInt(1) > 0) {
                        remains.add(column);
                    }
                }
            }
        }
        return remains;
    }
}
