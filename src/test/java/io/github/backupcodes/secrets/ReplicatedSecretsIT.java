package io.github.backupcodes.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.database.Postgres;
import io.github.backupcodes.support.heap.HeapDump;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.IssuedCodes;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.Cluster;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.SharedCluster;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.postgresql.PGConnection;

/**
 * A set lives its whole life at one of two nodes. No code is found in what the other keeps in memory, which holds all that is
 * replicated; in any table; in the files of the database, among them the log of what was written; in either log.
 * What was planted in each of these places is found.
 */
@ResourceLock(SharedCluster.LOCK)
class ReplicatedSecretsIT {

    private static final String PLANTED_IN_A_CACHE = "P1ANT-CACHE-XXXX1";
    private static final String PLANTED_IN_A_TABLE = "P1ANT-TAB1E-XXXX2";
    private static final String PLANTED_IN_A_LOG = "P1ANT-10G00-XXXX3";
    private static final List<String> PLANTED = List.of(PLANTED_IN_A_CACHE, PLANTED_IN_A_TABLE, PLANTED_IN_A_LOG);

    private final List<String> issued = new ArrayList<>();

    @Test
    void no_code_gets_to_the_other_node_or_into_the_database() throws Exception {
        Cluster cluster = SharedCluster.get();
        KeycloakServer used = cluster.nodes().get(0);
        KeycloakServer other = cluster.nodes().get(1);
        try (EmailCodeRealm realm = EmailCodeRealm.create(used, EmailCodeLife.SETTINGS);
                SmsCodeRealm texts = SmsCodeRealm.create(used, SmsCodeLife.SETTINGS)) {
            live(realm.realm());
            EmailCodeLife life = EmailCodeLife.in(realm);
            issued.addAll(life.codes());
            issued.add(EmailCodeLife.TEXT);
            SmsCodeLife phone = SmsCodeLife.in(texts);
            issued.addAll(phone.codes());
            issued.addAll(phone.texts());
            // without the plus sign, and as they are written in the country
            List<String> numbers = phone.numbers().stream()
                    .flatMap(number -> Stream.of(number.substring(1), "0" + number.substring(3)))
                    .toList();
            IssuedCodes.Search numbersInMemory = IssuedCodes.lookFor(numbers);

            IssuedCodes.Search memory = search();
            try (HeapDump dump = HeapDump.of(other)) {
                memory.in(Files.newInputStream(dump.file()));
                numbersInMemory.in(Files.newInputStream(dump.file()));
            }
            IssuedCodes.Search tables = search();
            searchTables(cluster, tables);
            // where Keycloak keeps it, the secret data of the credential, and Keycloak's events of what administrators
            // did
            assertThat(tablesWith(List.of(life.address()), cluster))
                    .contains("public.user_entity")
                    .isSubsetOf("public.user_entity", "public.credential", "public.admin_event_entity");
            assertThat(tablesWith(numbers, cluster))
                    .as("the secret data of the credential alone")
                    .containsExactly("public.credential");
            IssuedCodes.Search files = search();
            searchFiles(cluster.postgres(), cluster.database(), files);
            IssuedCodes.Search logs = search();
            IssuedCodes.Search numbersInLogs = IssuedCodes.lookFor(numbers);
            for (KeycloakServer node : cluster.nodes()) {
                logs.in(Files.newInputStream(node.log().file()));
                numbersInLogs.in(Files.newInputStream(node.log().file()));
            }

            System.out.printf(
                    Locale.ROOT,
                    "%d codes looked for in %d MB of memory, %d MB of tables, %d MB of files, %d MB of logs%n",
                    issued.size(),
                    memory.size() >> 20,
                    tables.size() >> 20,
                    files.size() >> 20,
                    logs.size() >> 20);
            assertThat(issued).hasSizeGreaterThan(40);
            assertThat(memory.found()).as("memory of the other node").containsExactly(PLANTED_IN_A_CACHE);
            assertThat(tables.found()).as("tables").containsExactly(PLANTED_IN_A_TABLE);
            assertThat(files.found()).as("files of the database").containsExactly(PLANTED_IN_A_TABLE);
            assertThat(numbersInMemory.found())
                    .as("numbers in the memory of the other node")
                    .isEmpty();
            assertThat(numbersInLogs.found()).as("numbers in logs").isEmpty();
            // the hint came in a URL
            assertThat(logs.found()).as("logs").containsExactlyInAnyOrder(PLANTED_IN_A_LOG, PLANTED_IN_A_CACHE);
        }
    }

    /** Made, saved, used, mistyped, guessed, tried again, renewed, cancelled, and left open. */
    private void live(TestRealm realm) {
        TestUser alice = realm.user("alice").otp().mustGenerateCodes().create();
        LoginClient making = realm.signIn(alice);
        shown(making.otp(alice.totp().now()));
        making.submit(Selectors.NEW_CODES_FORM, Map.of("codesSaved", "off"));
        List<String> codes = shown(making.page());
        making.saveCodes();
        making.assertSignedIn();

        LoginClient using = atTheCodePage(realm, alice);
        using.backupCode("0" + codes.get(0));
        String wrong = TestCodeSet.wrong();
        issued.add(wrong);
        using.backupCode(wrong);
        using.backupCode(codes.get(0).toLowerCase(Locale.ROOT).replace("-", " "));
        using.assertSignedIn();

        LoginClient replaying = atTheCodePage(realm, alice);
        replaying.backupCode(codes.get(0));
        replaying.assertNotSignedIn();

        shown(using.open(Map.of("kc_action", BackupCodesNames.ACTION)));
        using.submit("form:has([name=cancel-aia])", Map.of("cancel-aia", "true"));
        shown(using.open(Map.of("kc_action", BackupCodesNames.ACTION)));
        using.saveCodes();

        LoginClient late = atTheCodePage(realm, alice);
        late.backupCode(codes.get(5));
        late.assertNotSignedIn();

        // the hashes of these wait in the authentication session, which both nodes have
        shown(using.open(Map.of("kc_action", BackupCodesNames.ACTION)));

        // a note of an authentication session; a column; and a request for what is not there
        realm.newBrowser().open(Map.of("login_hint", PLANTED_IN_A_CACHE.toLowerCase(Locale.ROOT)));
        alice.admin().update(Map.of("lastName", "planted " + PLANTED_IN_A_TABLE.replace("-", "")));
        realm.newBrowser().get(URI.create(realm.url() + "/planted/" + PLANTED_IN_A_LOG));
    }

    private LoginClient atTheCodePage(TestRealm realm, TestUser user) {
        return realm.openCodePage(user);
    }

    private List<String> shown(HttpPage page) {
        List<String> codes = page.backupCodes();
        assertThat(codes).as("%s", page).hasSize(10);
        issued.addAll(codes);
        return codes;
    }

    private IssuedCodes.Search search() {
        return IssuedCodes.lookFor(
                Stream.concat(issued.stream(), PLANTED.stream()).toList());
    }

    private static void searchTables(Cluster cluster, IssuedCodes.Search search) throws SQLException, IOException {
        try (Connection connection = cluster.postgres().connect(cluster.database());
                Statement statement = connection.createStatement()) {
            for (String table : tables(statement)) {
                copy(table, connection, search);
            }
        }
    }

    /** The tables that have one of these texts. */
    private static List<String> tablesWith(List<String> texts, Cluster cluster) throws SQLException, IOException {
        List<String> found = new ArrayList<>();
        try (Connection connection = cluster.postgres().connect(cluster.database());
                Statement statement = connection.createStatement()) {
            for (String table : tables(statement)) {
                IssuedCodes.Search search = IssuedCodes.lookFor(texts);
                copy(table, connection, search);
                if (!search.found().isEmpty()) {
                    found.add(table);
                }
            }
        }
        return found;
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(
                "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'public'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        assertThat(tables).hasSizeGreaterThan(80);
        return tables;
    }

    private static void copy(String table, Connection connection, IssuedCodes.Search search)
            throws SQLException, IOException {
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy " + table + " to stdout (format binary)", search);
    }

    /** With rows that were deleted or replaced, as far as they have not been tidied away. */
    private static void searchFiles(Postgres postgres, String database, IssuedCodes.Search search) throws Exception {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("checkpoint");
        }
        try (Stream<Path> files = Files.walk(postgres.dataDirectory())) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try (InputStream stream = Files.newInputStream(file)) {
                    search.in(stream);
                } catch (NoSuchFileException gone) {
                    // PostgreSQL lives
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
