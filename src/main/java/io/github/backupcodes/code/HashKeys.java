package io.github.backupcodes.code;

/** Where the keys of the hashes are kept, each under its id. */
@FunctionalInterface
public interface HashKeys {

    /** No key at all: for sets that need none. */
    HashKeys NONE = id -> {
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
