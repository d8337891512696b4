package io.github.backupcodes.credential.verify;

import io.github.backupcodes.code.HashKey;
import io.github.backupcodes.code.HashKeyMissingException;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.support.RealmVault;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/**
 * Reads keys from Keycloak's vault, each in base64 in an entry of the realm called {@code backup-codes-<id>}. They are read every time and
 * stored nowhere, so that a key that is removed from the vault is gone from the server with the next garbage collection.
 */
public final class VaultHashKeySource implements HashKeySource {

    private static final String ENTRY = "backup-codes-";

    private static final Logger LOG = Logger.getLogger(VaultHashKeySource.class);

    private final KeycloakSession session;

    /** Reads the keys of the session's realm. */
    public VaultHashKeySource(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public HashKey get(String id) {
        Optional<HashKey> key = find(id);
        if (key.isEmpty()) {
            LOG.errorf(
                    "The vault has no entry %s%s of realm %s with a key in base64 of at least %d bytes: backup codes that need"
                            + " it can be neither checked nor generated. Restore the key, or set hash-key to another one"
                            + " for new codes.",
                    ENTRY, forLog(id), session.getContext().getRealm().getName(), HashKey.MIN_LENGTH);
        }
        return key.orElseThrow(() -> new HashKeyMissingException(id));
    }

    /** An import may have brought anything instead of an id, including line ends. */
    private static String forLog(String id) {
        return isId(id) ? id : "(invalid key id)";
    }

    private static boolean isId(String id) {
        return HashKeySource.ID.matcher(id).matches();
    }

    /** Whether the vault has a key with this id. */
    public boolean has(String id) {
        Optional<HashKey> key = find(id);
        key.ifPresent(HashKey::close);
        return key.isPresent();
    }

    private Optional<HashKey> find(String id) {
        if (!isId(id)) {
            // not the name of an entry
            return Optional.empty();
        }
        return RealmVault.read(session, ENTRY + id, VaultHashKeySource::key);
    }

    private static Optional<HashKey> key(byte[] text) {
        byte[] bytes = new byte[0];
        try {
            bytes = Base64.getDecoder().decode(text);
            return bytes.length < HashKey.MIN_LENGTH ? Optional.empty() : Optional.of(new HashKey(bytes));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
