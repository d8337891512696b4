package io.github.backupcodes.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeGenerator;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.code.Pbkdf2;
import io.github.backupcodes.code.Salt;
import io.github.backupcodes.credential.model.BackupCodesCredentialModel;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.database.Postgres;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HelpDeskCode;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.KeycloakServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * No test of its own: with {@code -Drecord=<version>} it has a real server write sets in every state, and keeps the rows in
 * {@code src/test/resources/recorded/<version>}. Done once for each release, before it. A version that is there is not touched.
 */
@EnabledIfSystemProperty(named = "record", matches = ".+")
class RecorderIT {

    private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");
    private static final Instant FAR_OFF = Instant.parse("2126-01-01T00:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void record() throws SQLException, IOException {
        Path directory = Recording.directory(System.getProperty("record", ""));
        assertThat(directory).as("what a version has written is never edited").doesNotExist();
        Path made = Files.createTempDirectory("recorded");
        try (Postgres postgres = Postgres.start()) {
            String database = postgres.createDatabase();
            try (KeycloakServer server = KeycloakServer.named("recorder")
                            .database(postgres.options(database))
                            .start();
                    TestRealm realm = TestRealm.on(server).create();
                    Connection connection = postgres.connect(database)) {
                HelpDeskCode.prepare(realm);
                new Kinds(realm, new StoredRows(connection), made).all();
            }
        }
        Files.createDirectories(directory);
        try (Stream<Path> files = Files.list(made)) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(String.valueOf(file.getFileName())));
            }
        }
    }

    /** One user for each. */
    private record Kinds(TestRealm realm, StoredRows rows, Path directory) {

        void all() throws SQLException, IOException {
            madeByUsers();
            withWrongCodes();
            imported();
            besidesTheSet();
            settings();
        }

        private void madeByUsers() throws SQLException, IOException {
            usual("fresh", Map.of(), 0);
            usual("some-used", Map.of(), 2);
            usual("used-up", Map.of("code-count", "2"), 2);
            usual("single", Map.of("code-count", "1"), 0);
            usual("digits", Map.of("code-format", "digits", "code-length", "8"), 1);
            usual("short", Map.of("code-length", "10"), 1);
            usual("long", Map.of("code-length", "32", "code-count", "3"), 1);
            usual("expiring", Map.of("expires-after-days", "3650"), 1);

            TestUser user = user("replacing", Map.of());
            String old = realm.generateCodes(user).get(4);
            List<String> codes = realm.generateCodes(user);
            keep(
                    "replacing",
                    user,
                    codes,
                    List.of(
                            new Recording.Try(old, "backup_code_of_replaced_set"),
                            new Recording.Try(codes.get(0), Recording.ACCEPTED)));
        }

        /** A set that its user has made, with some of its first codes used. */
        private void usual(String kind, Map<String, String> policy, int used) throws SQLException, IOException {
            TestUser user = user(kind, policy);
            List<String> codes = realm.generateCodes(user);
            for (String code : codes.subList(0, used)) {
                realm.signInWith(user, code);
            }
            List<Recording.Try> tries = new ArrayList<>();
            codes.subList(0, used).forEach(code -> tries.add(new Recording.Try(code, "backup_code_already_used")));
            codes.stream().skip(used).limit(1).forEach(code -> {
                tries.add(new Recording.Try(code, Recording.ACCEPTED));
                tries.add(new Recording.Try(code, "backup_code_already_used"));
            });
            keep(kind, user, codes, tries);
        }

        private void withWrongCodes() throws SQLException, IOException {
            for (Map.Entry<String, Integer> kind :
                    Map.of("some-wrong", 2, "after-a-pause", 3).entrySet()) {
                TestUser user = user(kind.getKey(), Map.of("max-failures", "3", "pause-minutes", "1"));
                List<String> codes = realm.generateCodes(user);
                for (int wrong = 0; wrong < kind.getValue(); wrong++) {
                    realm.signInWith(user, TestCodeSet.wrong());
                }
                keep(kind.getKey(), user, codes, List.of(new Recording.Try(codes.get(0), Recording.ACCEPTED)));
            }
        }

        private void imported() throws SQLException, IOException {
            TestCodeSet codes = TestCodeSet.of(3);
            keep("paused", codes.guessed(10, FAR_OFF), "backup_codes_paused");
            keep("disabled", codes.guessed(100, null), "backup_codes_disabled");
            keep("expired", codes.madeAt(LONG_AGO).expiringAt(LONG_AGO.plusSeconds(1)), "backup_codes_expired");
            Map<String, Object> reminded =
                    new HashMap<>(codes.expiringAt(FAR_OFF).credential());
            reminded.computeIfPresent("credentialData", (key, data) -> data.toString()
                    .replaceFirst("\\{", "{\"remindedAt\":\"2025-12-20T00:00:00Z\","));
            keep("reminded", codes(codes, 3), reminded, Recording.ACCEPTED);

            List<BackupCode> plain = new CodeGenerator(RANDOM).generate(CodeFormat.DEFAULT, 3);
            BackupCodesCredentialModel pbkdf2 = BackupCodesCredentialModel.of(
                    CodeSet.of(
                            plain,
                            CodeFormat.DEFAULT,
                            Pbkdf2.DEFAULT,
                            Salt.random(RANDOM),
                            LONG_AGO,
                            HashKeySource.NONE),
                    null);
            keep(
                    "pbkdf2",
                    plain.stream().map(BackupCode::grouped).toList(),
                    Map.of(
                            "type",
                            pbkdf2.getType(),
                            "credentialData",
                            pbkdf2.getCredentialData(),
                            "secretData",
                            pbkdf2.getSecretData()),
                    Recording.ACCEPTED);
        }

        private void besidesTheSet() throws SQLException, IOException {
            TestUser helped = user("temporary", Map.of());
            realm.generateCodes(helped);
            String temporary = HelpDeskCode.issue(realm, helped);
            keep("temporary", helped, List.of(temporary), List.of(new Recording.Try(temporary, Recording.ACCEPTED)));

            TestRecoveryCodes recoveryCodes = TestRecoveryCodes.now();
            TestUser coming = realm.user("recovery-traces")
                    .otp()
                    .credential(recoveryCodes.credential())
                    .create();
            realm.signInWith(coming, recoveryCodes.code(5));
            realm.signInWith(coming, TestRecoveryCodes.wrong());
            keep(
                    "recovery-traces",
                    coming,
                    List.of(),
                    List.of(
                            new Recording.Try(recoveryCodes.code(5), "backup_code_already_used"),
                            new Recording.Try(recoveryCodes.code(2), Recording.ACCEPTED)));

            policy(Map.of("ask-users-with-second-factor", "offer"));
            TestUser notNow = realm.user("not-now").otp().create();
            LoginClient client = realm.signInWithApp(notNow);
            client.notNow();
            keep("not-now", notNow, List.of(), List.of());

            realm.admin()
                    .configureRequiredAction(
                            BackupCodesNames.VERIFICATION, Map.of("grace-days", "365", "reminder-days", "365"));
            TestUser later = realm.user("put-off").mustSetUpVerification().create();
            LoginClient skipping = realm.signIn(later);
            skipping.submit("#login-verification-form", Map.of("skip", "true"));
            skipping.assertSignedIn();
            keep("put-off", later, List.of(), List.of());
        }

        /** None of them as it is by default. */
        private void settings() throws IOException {
            policy(Map.ofEntries(
                    Map.entry("code-count", "6"),
                    Map.entry("code-format", "digits"),
                    Map.entry("code-length", "12"),
                    Map.entry("expires-after-days", "400"),
                    Map.entry("low-threshold", "2"),
                    Map.entry("confirmation", "retype"),
                    Map.entry("max-failures", "7"),
                    Map.entry("pause-minutes", "20"),
                    Map.entry("ask-users-with-second-factor", "require"),
                    Map.entry("notify-by-email", "false"),
                    Map.entry("accept-recovery-codes", "false")));
            Map<String, JsonNode> settings = new TreeMap<>();
            for (String action : List.of(BackupCodesNames.ACTION, BackupCodesNames.VERIFICATION)) {
                settings.put(action, realm.admin().requiredActionConfig(action));
            }
            Recording.write(directory, "settings", Json.read(Json.write(settings)));
        }

        private TestUser user(String kind, Map<String, String> policy) {
            policy(policy);
            return realm.user(kind).otp().create();
        }

        private void policy(Map<String, String> policy) {
            Map<String, String> whole = new HashMap<>(Map.of("ask-users-with-second-factor", "off"));
            whole.putAll(policy);
            realm.admin().configureCodes(whole);
        }

        private static List<String> codes(TestCodeSet codes, int count) {
            return IntStream.range(0, count).mapToObj(codes::code).toList();
        }

        private void keep(String kind, TestCodeSet codes, String outcome) throws SQLException, IOException {
            keep(kind, codes(codes, 3), codes.credential(), outcome);
        }

        private void keep(String kind, List<String> codes, Map<String, Object> credential, String outcome)
                throws SQLException, IOException {
            TestUser user = realm.user(kind).otp().credential(credential).create();
            keep(kind, user, codes, List.of(new Recording.Try(codes.get(0), outcome)));
        }

        private void keep(String kind, TestUser user, List<String> codes, List<Recording.Try> tries)
                throws SQLException, IOException {
            Recording.write(
                    directory,
                    kind,
                    new Recording(rows.credentials(user.id()), rows.attributes(user.id()), codes, tries));
        }
    }
}
