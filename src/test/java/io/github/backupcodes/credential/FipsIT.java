package io.github.backupcodes.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.race.server.RowLockResourceFactory;
import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.ProcessRunner;
import io.github.backupcodes.support.realm.AdminException;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.ServerBuilder;
import io.github.backupcodes.support.server.SharedServer;
import io.github.backupcodes.support.server.TestProviders;
import io.github.backupcodes.support.server.VaultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server in FIPS mode, strict: Bouncy Castle's FIPS module has no Argon2, does approved things only, and takes no password
 * of fewer than 112 bits.
 */
class FipsIT {

    private static final String REALM = "fips";
    private static final String EMAIL_CODES = "io.github.backupcodes.emailcode.EmailCodeFactor";
    private static final String PHONE_NUMBERS = "io.github.backupcodes.sms.shaded.PhoneNumberUtil";

    @TempDir
    private static Path directory;

    private final VaultFiles vault = new VaultFiles(directory);
    private final Map<TestUser, Map<String, Object>> stored = new HashMap<>();

    @Test
    void codesAreHashedByPbkdf2AndWorkOnEveryServer() throws IOException {
        try (TestRealm realm = TestRealm.create()) {
            Map<TestUser, List<String>> hashed;
            try (KeycloakServer server = fips()) {
                hashed = setsOf(server);
                codesByEmailAreSetUpAndSignIn(server);
                assertThat(hasLoaded(server, EMAIL_CODES)).isTrue();
                assertThat(hasLoaded(server, PHONE_NUMBERS))
                        .as("no realm uses text messages")
                        .isFalse();
                codesByTextMessageAreSetUpAndSignIn(server);
                assertThat(hasLoaded(server, PHONE_NUMBERS)).isTrue();
            }
            SharedServer.vault().write(realm.name(), "k1", vault.take(REALM, "k1"));
            for (TestUser user : hashed.keySet()) {
                TestUser same = realm.user(user.username())
                        .otp(user.totp())
                        .credential(Objects.requireNonNull(stored.get(user)))
                        .create();
                assertThat(realm.signInWith(same, hashed.get(user).get(0)).isSignedIn())
                        .as("%s", user.username())
                        .isTrue();
            }
            // and here new ones are hashed by Argon2 again
            TestUser carol = realm.user("carol").otp().create();
            realm.generateCodes(carol);
            assertThat(carol.admin().codesState().path("scheme").asText()).isEqualTo("argon2id");
        }
    }

    /** They are derived by an HMAC, which the module has. */
    private static void codesByEmailAreSetUpAndSignIn(KeycloakServer server) {
        try (EmailCodeRealm realm = EmailCodeRealm.create(server, Map.of())) {
            TestUser dora = realm.realm().user("dora").create();
            LoginClient client = realm.realm().signInFor(dora, EmailCodeRealm.ACTION);
            client.submit("#email-code-send-form", Map.of("send", "true"));
            EmailCodeRealm.enter(client, realm.awaitCode(dora, 1)).assertSignedIn();

            client = realm.open(dora);
            String code = realm.awaitCode(dora, 2);
            EmailCodeRealm.enter(client, EmailCodeRealm.otherThan(code)).assertNotSignedIn();
            EmailCodeRealm.enter(client, code).assertSignedIn();
        }
    }

    /** The number waits for its code encrypted, by what the module has. */
    private static void codesByTextMessageAreSetUpAndSignIn(KeycloakServer server) {
        try (SmsCodeRealm realm = SmsCodeRealm.create(server, Map.of())) {
            TestUser emma = realm.realm().user("emma").create();
            String number = SmsCodeRealm.number();
            LoginClient client = realm.openSetup(emma);
            SmsCodeRealm.send(client, "DE", number);
            SmsCodeRealm.enter(client, realm.awaitCode(number, 1)).assertSignedIn();

            client = realm.open(emma);
            SmsCodeRealm.enter(client, realm.awaitCode(number, 2)).assertSignedIn();
        }
    }

    private static boolean hasLoaded(KeycloakServer server, String type) {
        String hierarchy = ProcessRunner.run(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(server.jvm()),
                        "VM.class_hierarchy",
                        type),
                Map.of(),
                "");
        return hierarchy.contains("|--" + type);
    }

    private Map<TestUser, List<String>> setsOf(KeycloakServer server) throws IOException {
        Map<TestUser, List<String>> hashed = new LinkedHashMap<>();
        assertThat(Files.readString(server.log().file())).contains("Approved Mode");
        TestRealm realm = TestRealm.on(server)
                .with("realm", REALM)
                .with("passwordPolicy", "")
                .policy("code-count", Sets.COUNT)
                .create();
        TestUser alice = realm.user("alice").otp().create();

        List<String> codes = realm.generateCodes(alice);
        assertThat(alice.admin().codesState().path("scheme").asText()).isEqualTo("pbkdf2-sha512");
        realm.signInWith(alice, codes.get(4)).assertSignedIn();
        LoginClient again = realm.signInWith(alice, codes.get(4));
        again.assertNotSignedIn();
        assertThat(again.page().body()).contains("already been used");

        // no one could sign in with it
        TestUser.Builder bob = realm.user("bob").otp().codes(TestCodeSet.of(3));
        assertThatExceptionOfType(AdminException.class)
                .isThrownBy(bob::create)
                .withMessageContaining("this server has no Argon2");

        List<String> renewed = realm.generateCodes(alice);
        assertThat(realm.signInWith(alice, codes.get(0)).page().body()).contains("from an older list");
        hashed.put(alice, renewed);

        vault.put(REALM, "k1");
        for (Sets sets : Sets.values()) {
            realm.admin().configureCodes(sets.settings);
            TestUser user =
                    realm.user(sets.name().toLowerCase(Locale.ROOT)).otp().create();
            List<String> ofUser = realm.generateCodes(user);
            assertThat(user.admin().codesState().path("scheme").asText()).isEqualTo(sets.scheme);
            assertThat(realm.signInWith(user, ofUser.get(1)).isSignedIn())
                    .as("%s", sets)
                    .isTrue();
            assertThat(realm.signInWith(user, ofUser.get(1)).isSignedIn())
                    .as("%s, twice", sets)
                    .isFalse();
            hashed.put(user, ofUser);
        }
        realm.admin().configureCodes(Sets.PLAIN.settings);
        hashed.keySet().forEach(user -> stored.put(user, row(user)));
        return hashed;
    }

    private static Map<String, Object> row(TestUser user) {
        String id = user.admin().credentialId(BackupCodesNames.CREDENTIAL);
        JsonNode row = user.admin().realm().get("/" + RowLockResourceFactory.ID + "/" + id + "/data");
        return Map.of(
                "type",
                BackupCodesNames.CREDENTIAL,
                "credentialData",
                row.path("credentialData").asText(),
                "secretData",
                row.path("secretData").asText());
    }

    /** What else the realm has sets hashed with. */
    @SuppressWarnings("ImmutableEnumChecker") // the maps are those of Map.of
    private enum Sets {
        /** Seven digits are 56 bits of text. */
        SHORT("pbkdf2-sha512", Map.of("code-format", "digits", "code-length", "7")),
        BEFORE("hmac-sha256+pbkdf2-sha512", Map.of("hash-key", "k1")),
        ALONE("hmac-sha256", Map.of("hash-key", "k1", "hash", "keyed", "code-length", "25")),
        PLAIN("pbkdf2-sha512", Map.of());

        /** As few as the test uses: each takes its time to be hashed. */
        private static final String COUNT = "5";

        private final String scheme;
        private final Map<String, String> settings =
                new HashMap<>(Map.of("ask-users-with-second-factor", "off", "code-count", COUNT));

        Sets(String scheme, Map<String, String> settings) {
            this.scheme = scheme;
            this.settings.putAll(settings);
        }
    }

    private KeycloakServer fips() throws IOException {
        ServerBuilder server = KeycloakServer.named("fips")
                .provider(TestProviders.jar())
                .options(vault.options())
                .options(
                        "--features=fips",
                        "--fips-mode=strict",
                        // Keycloak's remedy for passwords of fewer than 14 characters, as the administrator has
                        "--spi-password-hashing--pbkdf2-sha512--max-padding-length=14");
        try (Stream<Path> jars = Files.list(BuildFiles.directory().resolve("fips"))) {
            jars.forEach(server::provider);
        }
        return server.start();
    }
}
