package io.github.backupcodes.code;

import java.util.regex.Pattern;

/** Where the keys of the hashes are kept, each under its id. */
@FunctionalInterface
public interface HashKeySource {

    /**
     * What an id looks like. No underscore, for Keycloak doubles it in the names of the entries of its vault; no capitals, for a
     * keystore does not tell them from small letters.
     */
    Pattern ID = Pattern.compile("[a-z0-9-]{1,32}");

    /** No key at all: for sets that need none. */
    HashKeySource NONE = id -> {
        throw new HashKeyMissingException(id);
    };

    /**
     * Reads a key. The caller closes it.
     *
     * @param id of the key
     * @throws HashKeyMissingException when there is none of this id, or what is there is no key
     */
    HashKey get(String id);
}
