package io.github.backupcodes.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.Argon2id;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.KeyedHash;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.IssuedCodes;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.SharedServer;
import io.github.backupcodes.support.server.VaultFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hashes with a key from Keycloak's vault: of files, and of a keystore. */
class HashKeyIT {

    private static final String REALM = "keyed";
    private static final String ENTRY = REALM + "_backup-codes-";
    private static final String STORE_PASSWORD = "password of the store";

    @TempDir
    private Path directory;

    @Test
    void theKeyOfTheVaultIsNeededAndCanBeChanged() throws IOException {
        VaultFiles vault = SharedServer.vault();
        try (TestRealm realm = TestRealm.create()) {
            vault.put(realm.name(), "k1");
            TestUser alice = realm.user("alice").otp().create();
            TestUser bob = realm.user("bob").otp().create();
            TestCodeSet imported = TestCodeSet.of(3);
            TestUser carol = realm.user("carol").otp().codes(imported).create();

            configure(realm.admin(), Map.of("hash-key", "k1"));
            List<String> ofAlice = realm.generateCodes(alice);
            assertThat(alice.admin().codesState().path("scheme").asText()).isEqualTo("hmac-sha256+argon2id");
            assertThat(tryCode(alice, realm, ofAlice.get(0))).isTrue();
            assertThat(tryCode(alice, realm, ofAlice.get(0))).as("twice").isFalse();

            vault.put(realm.name(), "k2");
            configure(realm.admin(), Map.of("hash-key", "k2", "hash", "keyed", "code-length", "25"));
            List<String> ofBob = realm.generateCodes(bob);
            assertThat(bob.admin().codesState().path("scheme").asText()).isEqualTo("hmac-sha256");
            assertThat(tryCode(bob, realm, ofBob.get(3))).isTrue();
            assertThat(tryCode(bob, realm, ofBob.get(3))).as("twice").isFalse();

            // earlier sets still work: without a key, and with the older key
            assertThat(carol.admin().codesState().path("scheme").asText()).isEqualTo("argon2id");
            assertThat(tryCode(carol, realm, imported.code(1))).isTrue();
            assertThat(tryCode(alice, realm, ofAlice.get(1))).isTrue();

            withoutTheKeyNothingIsCountedOrLost(realm, alice, ofAlice.get(2));
        }
    }

    /** Sets with the same keys, in a vault of another kind and a database in files. */
    @Test
    void theKeysMayBeInAKeystoreAndAreNowhereElse() throws Exception {
        VaultFiles keys = new VaultFiles(directory);
        String first = Base64.getEncoder().encodeToString(keys.put(REALM, "k1"));
        String second = Base64.getEncoder().encodeToString(keys.put(REALM, "k2"));
        Path store = keystore(Map.of("k1", first, "k2", second));
        try (KeycloakServer server = KeycloakServer.named("vault")
                .database("--db=dev-file")
                .options("--vault=keystore", "--vault-file=" + store, "--vault-pass=" + STORE_PASSWORD)
                .start()) {
            TestRealm realm = TestRealm.on(server).with("realm", REALM).create();
            TestCodeSet slow = TestCodeSet.of(5, CodeFormat.DEFAULT, new KeyedHash("k1", Argon2id.STRONG_CODES), keys);
            TestUser alice = realm.user("alice").otp().codes(slow.used(0)).create();
            TestCodeSet quick = TestCodeSet.of(5, new CodeFormat(Alphabet.BASE32, 25), new KeyedHash("k2", null), keys);
            TestUser bob = realm.user("bob").otp().codes(quick).create();
            configure(realm.admin(), Map.of("hash-key", "k2", "hash", "keyed", "code-length", "25"));
            assertThat(tryCode(alice, realm, slow.code(3))).isTrue();
            assertThat(tryCode(alice, realm, slow.code(0))).as("used before").isFalse();
            assertThat(tryCode(bob, realm, quick.code(1))).isTrue();
            assertThat(tryCode(bob, realm, quick.code(1))).as("twice").isFalse();
            TestUser dave = realm.user("dave").otp().create();
            assertThat(tryCode(dave, realm, realm.generateCodes(dave).get(0))).isTrue();
            assertThat(dave.admin().codesState().path("scheme").asText()).isEqualTo("hmac-sha256");
            theKeysAreNowhere(server, first, second);
        }
    }

    private static boolean tryCode(TestUser user, TestRealm realm, String code) {
        LoginClient session = realm.signInWith(user, code);
        return session.isSignedIn();
    }

    private static void configure(RealmAdmin realm, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("ask-users-with-second-factor", "off"));
        all.putAll(settings);
        realm.configureCodes(all);
    }

    private static void withoutTheKeyNothingIsCountedOrLost(TestRealm realm, TestUser alice, String code)
            throws IOException {
        VaultFiles vault = SharedServer.vault();
        String first = vault.take(realm.name(), "k1");
        long mark = realm.server().log().mark();
        int used = alice.admin().usedBackupCodes();
        realm.admin().clearEvents();

        LoginClient session = realm.signInWith(alice, code);

        session.assertNotSignedIn();
        assertThat(session.page().body()).contains("We can’t check your backup codes");
        assertThat(Event.detail(realm.admin().events("LOGIN_ERROR").get(0), "reason"))
                .isEqualTo("backup_codes_key_missing");
        assertThat(realm.server().log().since(mark)).contains("backup-codes-k1 of realm " + realm.name());
        assertThat(alice.admin().usedBackupCodes()).isEqualTo(used);
        assertThat(alice.admin().backupCodes().has("guesses")).isFalse();

        // and no weaker codes are generated instead
        configure(realm.admin(), Map.of("hash-key", "k2"));
        String second = vault.take(realm.name(), "k2");
        alice.admin().require(BackupCodesNames.ACTION);
        LoginClient making = realm.signInWithApp(alice);
        assertThat(making.page().body()).contains("We couldn’t generate your codes just now");
        assertThat(alice.admin().codesState().path("scheme").asText()).isEqualTo("hmac-sha256+argon2id");

        vault.write(realm.name(), "k1", first);
        vault.write(realm.name(), "k2", second);
        alice.admin().update(Map.of("requiredActions", List.of()));
        assertThat(tryCode(alice, realm, code)).isTrue();
    }

    /** Neither in the log nor in the files of the database. */
    private static void theKeysAreNowhere(KeycloakServer server, String first, String second) throws IOException {
        IssuedCodes.Search search = IssuedCodes.lookFor(List.of(first, second, "backup-codes"));
        try (Stream<Path> files = Files.walk(server.home().resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try (InputStream stream = Files.newInputStream(file)) {
                    search.in(stream);
                }
            }
        }
        assertThat(search.found()).as("the search finds what is there").containsExactly("backup-codes");
        assertThat(Files.readString(server.log().file())).doesNotContain(first).doesNotContain(second);
    }

    private Path keystore(Map<String, String> keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] password = STORE_PASSWORD.toCharArray();
        for (Map.Entry<String, String> key : keys.entrySet()) {
            store.setEntry(
                    ENTRY + key.getKey(),
                    new KeyStore.SecretKeyEntry(SecretKeyFactory.getInstance("PBE")
                            .generateSecret(new PBEKeySpec(key.getValue().toCharArray()))),
                    new KeyStore.PasswordProtection(password));
        }
        Path file = directory.resolve("vault.p12");
        try (OutputStream stream = Files.newOutputStream(file)) {
            store.store(stream, password);
        }
        return file;
    }
}
