package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.Unchecked;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.server.KeycloakServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** The keyed hash of codes of 112 bits or more, with a key in a vault of files. */
final class KeyedHashJmh {

    private static final String KEY = "benchmark";
    private static final int KEY_BYTES = 32;
    private static final Map<String, String> POLICY = Map.of("hash", "keyed", "hash-key", KEY, "code-length", "25");

    private KeyedHashJmh() {}

    /** What the server has to be started with. */
    static String[] options() {
        return new String[] {"--vault=file", "--vault-dir=" + vault()};
    }

    /** A realm with a key of its own. */
    static TestRealm realm(KeycloakServer server) {
        TestRealm realm = BenchmarkRealm.withBackupCodes(server, BackupCodesNames.AUTHENTICATOR, Map.of());
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Unchecked.run(() -> Files.writeString(
                vault().resolve(realm.name() + "_backup-codes-" + KEY),
                Base64.getEncoder().encodeToString(key)));
        realm.admin().configureCodes(POLICY);
        return realm;
    }

    private static Path vault() {
        return Unchecked.get(
                () -> Files.createDirectories(BuildFiles.directory().resolve("benchmark/vault")));
    }
}
