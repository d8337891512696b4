package io.github.backupcodes.support.server;

import io.github.backupcodes.code.HashKey;
import io.github.backupcodes.code.HashKeyMissingException;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.support.Unchecked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A vault of files for a server, with keys for the hashes of backup codes; the test has them as well. */
public final class VaultFiles implements HashKeySource {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, byte[]> keys = new ConcurrentHashMap<>();
    private final Path directory;

    /** A vault. */
    public VaultFiles(Path directory) {
        this.directory = directory;
    }

    /** An empty vault in a directory that is created if need be. */
    static VaultFiles in(Path directory) {
        return Unchecked.get(() -> {
            KeycloakDistribution.delete(directory);
            return new VaultFiles(Files.createDirectories(directory));
        });
    }

    /** What the server has to know. */
    public String[] options() {
        return new String[] {"--vault=file", "--vault-dir=" + directory};
    }

    /** Puts a new key into the vault. */
    public byte[] put(String realm, String id) {
        byte[] key = new byte[HashKey.MIN_LENGTH];
        RANDOM.nextBytes(key);
        keys.put(id, key);
        write(realm, id, Base64.getEncoder().encodeToString(key) + "\n");
        return key.clone();
    }

    /** Puts whatever into the vault. */
    public void write(String realm, String id, String text) {
        Unchecked.run(() -> Files.writeString(file(realm, id), text, StandardCharsets.UTF_8));
    }

    /** Puts a secret of another kind than keys for codes into the vault, or takes it out. */
    public void secret(String realm, String entry, @Nullable String text) {
        Path file = directory.resolve(realm.replace("_", "__") + "_" + entry);
        Unchecked.run(() -> {
            if (text == null) {
                Files.deleteIfExists(file);
            } else {
                Files.writeString(file, text, StandardCharsets.UTF_8);
            }
        });
    }

    /** Takes a key out of the vault. */
    public void remove(String realm, String id) {
        Unchecked.run(() -> Files.delete(file(realm, id)));
    }

    /** Removes an entry and returns its text. */
    public String take(String realm, String id) throws IOException {
        String text = Files.readString(file(realm, id), StandardCharsets.UTF_8);
        remove(realm, id);
        return text;
    }

    @Override
    public HashKey get(String id) {
        byte[] key = keys.get(id);
        if (key == null) {
            throw new HashKeyMissingException(id);
        }
        return new HashKey(key);
    }

    private Path file(String realm, String id) {
        return directory.resolve(realm.replace("_", "__") + "_backup-codes-" + id);
    }
}
