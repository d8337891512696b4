package io.github.backupcodes.code;

import java.util.regex.Pattern;

/** Looks up the keys of the hashes by their ids. */
@FunctionalInterface
public interface HashKeySource {

    /**
     * The format of an id. No underscores, because Keycloak doubles them in the names of vault entries; no capitals,
     * because a keystore does not distinguish them from small letters.
     */
    Pattern ID = Pattern.compile("[a-z0-9-]{1,32}");

    /** Has no keys: for sets that need none. */
    HashKeySource NONE = id -> {
        throw new HashKeyMissingException(id);
    };

    /**
     * Reads a key. The caller closes it.
     *
     * @param id the id of the key
     * @throws HashKeyMissingException if there is no key with this id, or if the entry is not a valid key
     */
    HashKey get(String id);
}
