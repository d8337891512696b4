package io.github.backupcodes.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.Argon2id;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.HashScheme;
import io.github.backupcodes.code.KeyedHash;
import io.github.backupcodes.code.Pbkdf2;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.heap.HeapDump;
import io.github.backupcodes.support.heap.RawBytes;
import io.github.backupcodes.support.realm.AdminException;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HelpDeskCode;
import io.github.backupcodes.support.realm.IssuedCodes;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.SharedServer;
import io.github.backupcodes.support.server.VaultFiles;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sets of every scheme there is, and keys that are missing, broken or to be kept secret, on a server with a vault. */
class VaultKeysIT {

    private static final CodeFormat LONG = new CodeFormat(Alphabet.BASE32, 24);

    private static final KeycloakServer server = SharedServer.get();
    private static final VaultFiles vault = SharedServer.vault();

    private record Owner(TestUser user, TestCodeSet codes, HashScheme scheme) {}

    @Test
    void aSetOfEverySchemeAndCostWorksUnderEverySetting() {
        try (TestRealm realm = TestRealm.on(server).create()) {
            vault.put(realm.name(), "of-sets");
            vault.put(realm.name(), "of-settings");
            List<Owner> owners = new ArrayList<>();
            for (HashScheme scheme : List.of(
                    Argon2id.STRONG_CODES,
                    Argon2id.WEAK_CODES,
                    new Argon2id(19_456, 2, 1),
                    Pbkdf2.DEFAULT,
                    new Pbkdf2(1_000),
                    new KeyedHash("of-sets", Argon2id.STRONG_CODES),
                    new KeyedHash("of-sets", Argon2id.WEAK_CODES),
                    new KeyedHash("of-sets", Pbkdf2.DEFAULT),
                    new KeyedHash("of-sets", null))) {
                // one is left in the end: who used the last one would have to make new ones first
                TestCodeSet codes = TestCodeSet.of(4, LONG, scheme, vault);
                TestUser user =
                        realm.user("user-" + owners.size()).otp().codes(codes).create();
                owners.add(new Owner(user, codes, scheme));
            }
            List<Map<String, String>> settings = List.of(
                    Map.of(),
                    Map.of("hash-key", "of-settings", "code-format", "digits"),
                    Map.of("hash-key", "of-settings", "hash", "keyed", "code-length", "25"));
            for (int i = 0; i < settings.size(); i++) {
                configure(realm, settings.get(i));
                for (Owner owner : owners) {
                    assertThat(signsIn(owner.user(), realm, owner.codes().code(i)))
                            .as("%s under %s", owner.scheme(), settings.get(i))
                            .isTrue();
                    assertThat(owner.user().admin().codesState().path("scheme").asText())
                            .isEqualTo(owner.scheme().id());
                    assertThat(owner.user().admin().codesState().path("hashKey").textValue())
                            .isEqualTo(owner.scheme().keyId());
                }
            }
            for (Owner owner : owners) {
                assertThat(signsIn(owner.user(), realm, owner.codes().code(1)))
                        .as("%s, a second time", owner.scheme())
                        .isFalse();
            }
        }
    }

    /** With its key lost, the user's own set can count nothing; guesses at the code of the help desk have to count all the same. */
    @Test
    void whereAKeyIsMissingGuessesCountAtWhateverCanBeChecked() {
        try (TestRealm realm = TestRealm.on(server).create()) {
            vault.put(realm.name(), "lost");
            vault.put(realm.name(), "present");
            configure(realm, Map.of("hash-key", "present", "max-failures", "2"));
            HelpDeskCode.prepare(realm);
            HashScheme lost = new KeyedHash("lost", Argon2id.STRONG_CODES);
            TestUser guessed = realm.user("guessed")
                    .otp()
                    .codes(TestCodeSet.of(2, CodeFormat.DEFAULT, lost, vault))
                    .create();
            TestUser helped = realm.user("helped")
                    .otp()
                    .codes(TestCodeSet.of(2, CodeFormat.DEFAULT, lost, vault))
                    .create();
            vault.remove(realm.name(), "lost");

            String temporary = HelpDeskCode.issue(realm, guessed);
            assertThat(signsIn(guessed, realm, TestCodeSet.wrong())).isFalse();
            assertThat(signsIn(guessed, realm, TestCodeSet.wrong())).isFalse();
            assertThat(temporary(guessed).at("/guesses/inARow").asInt()).isEqualTo(2);
            assertThat(signsIn(guessed, realm, temporary)).as("in the pause").isFalse();
            assertThat(temporary(guessed).path("uses")).isEmpty();
            assertThat(guessed.admin().backupCodes().has("guesses"))
                    .as("counted for the set without a key")
                    .isFalse();

            realm.signInWith(helped, HelpDeskCode.issue(realm, helped));
            assertThat(temporary(helped).path("uses"))
                    .as("used, for the key of the other set is not needed")
                    .hasSize(1);
        }
    }

    /** A realm that is imported is not validated: what is no id in the settings is a key that is missing. */
    @Test
    void withAKeyThatCannotBeNoCodesAreMade() {
        try (TestRealm realm = TestRealm.on(server)
                .importedPolicy(Map.of("hash-key", "Two Words"))
                .create()) {
            TestUser user = realm.user("alice").otp().mustGenerateCodes().create();
            LoginClient client = realm.signInWithApp(user);
            assertThat(client.page().backupCodes()).isEmpty();
            assertThat(client.page().status()).isEqualTo(503);
            assertThat(client.page().body()).contains(Messages.of("backupCodesErrorBusy"));
        }
    }

    @Test
    void whatIsNoKeyIsRefused() {
        try (TestRealm realm = TestRealm.on(server).create()) {
            vault.put(realm.name(), "good");
            configure(realm, Map.of("hash-key", "good"));
            for (String entry : List.of(
                    "",
                    "too short",
                    Base64.getEncoder().encodeToString(new byte[31]),
                    "-- a sentence, with as many letters as a key would have! --")) {
                vault.write(realm.name(), "bad", entry);
                assertThatExceptionOfType(AdminException.class)
                        .as(entry)
                        .isThrownBy(() -> configure(realm, Map.of("hash-key", "bad")))
                        .satisfies(refused -> assertThat(refused.status()).isEqualTo(400))
                        .withMessageContaining("backupCodesSettingKeyMissing");
            }
            for (Map<String, String> settings : List.of(
                    Map.of("hash-key", "absent"),
                    // alone only for codes of 112 bits, and never without a key
                    Map.of("hash-key", "good", "hash", "keyed"),
                    Map.of("hash", "keyed", "code-length", "25"))) {
                assertThatExceptionOfType(AdminException.class)
                        .as("%s", settings)
                        .isThrownBy(() -> configure(realm, settings))
                        .satisfies(refused -> assertThat(refused.status()).isEqualTo(400));
            }
        }
    }

    @Test
    void theHelpDeskIsToldWhereToLookWhenNoCodeCanBeIssued() {
        try (TestRealm realm = TestRealm.on(server).create()) {
            vault.put(realm.name(), "gone");
            configure(realm, Map.of("hash-key", "gone"));
            HelpDeskCode.prepare(realm);
            TestUser user = realm.user("alice").otp().create();
            vault.remove(realm.name(), "gone");
            HttpResponse<String> answer =
                    HelpDeskCode.send(realm.admin().client(), realm, user.id(), Map.of("reason", "The phone is lost"));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Json.read(answer.body()).path("errorMessage").asText()).contains("server log");
            assertThat(user.admin().credentials(HelpDeskCode.CREDENTIAL)).isEmpty();
        }
    }

    /** Not in the live heap, with a set made, one saved and codes used; not in a log with all traces, an event or a setting. */
    @Test
    void noKeyOutlivesItsUse() throws Exception {
        try (TestRealm realm = TestRealm.on(server).create()) {
            byte[] key = vault.put(realm.name(), "secret");
            String text = Base64.getEncoder().encodeToString(key);
            configure(realm, Map.of("hash-key", "secret", "hash", "keyed", "code-length", "25"));
            TestUser user = realm.user("alice").otp().create();
            List<String> codes = realm.generateCodes(user);
            LoginClient session = realm.signInWith(user, codes.get(0));
            session.assertSignedIn();
            session.open(Map.of("kc_action", BackupCodesNames.ACTION));
            assertThat(session.page().backupCodes()).hasSize(10);

            IssuedCodes.Search search = IssuedCodes.lookFor(List.of(text, "hmac-sha256"));
            try (HeapDump dump = HeapDump.of(server)) {
                search.in(Files.newInputStream(dump.file()));
                assertThat(RawBytes.areIn(dump.file(), "hmac-sha256".getBytes(StandardCharsets.US_ASCII)))
                        .isTrue();
                assertThat(RawBytes.areIn(dump.file(), key)).as("the key").isFalse();
                assertThat(RawBytes.areIn(dump.file(), innerPad(key)))
                        .as("the key within the HMAC")
                        .isFalse();
            }
            assertThat(search.found()).containsExactly("hmac-sha256");
            assertThat(Files.readString(server.log().file()))
                    .contains(realm.name())
                    .doesNotContain(text);
            assertThat(realm.admin().events().toString()
                            + realm.admin().adminEvents()
                            + realm.admin().requiredActionConfig(BackupCodesNames.ACTION)
                            + user.admin().credentials())
                    .contains("\"secret\"")
                    .doesNotContain(text);
        }
    }

    /** As the JDK keeps it while it computes (RFC 2104). */
    private static byte[] innerPad(byte[] key) {
        byte[] pad = key.clone();
        for (int i = 0; i < pad.length; i++) {
            pad[i] ^= 0x36;
        }
        return pad;
    }

    private static void configure(TestRealm realm, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("ask-users-with-second-factor", "off"));
        all.putAll(settings);
        realm.admin().configureCodes(all);
    }

    private static boolean signsIn(TestUser user, TestRealm realm, String code) {
        return realm.signInWith(user, code).isSignedIn();
    }

    private static JsonNode temporary(TestUser user) {
        return user.admin().credentialData(HelpDeskCode.CREDENTIAL);
    }
}
