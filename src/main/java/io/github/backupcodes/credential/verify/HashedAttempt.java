package io.github.backupcodes.credential.verify;

import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeHash;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.HashKeyMissingException;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.code.Salt;

/**
 * A typed code with all slow hashes done, ready to be decided on under the lock.
 *
 * @param salt     the salt of the set it was hashed for
 * @param hash     its hash
 * @param replaced whether it is none of that set, but one of the set before
 */
record HashedAttempt(Salt salt, CodeHash hash, boolean replaced) {

    /**
     * Hashes once; twice for a code that is none of the set, where there was a set before.
     *
     * @throws HashKeyMissingException when the key of the set is not there
     */
    static HashedAttempt of(BackupCode code, CodeSet set, HashKeySource keys) {
        CodeHash hash = set.hash(code, keys);
        return new HashedAttempt(set.salt(), hash, !set.has(hash) && isReplaced(code, set, keys));
    }

    /** Without their key the old codes are wrong ones: otherwise guesses would go uncounted. */
    private static boolean isReplaced(BackupCode code, CodeSet set, HashKeySource keys) {
        try {
            return set.replaced() != null && set.replaced().contains(code, keys);
        } catch (HashKeyMissingException onRecord) {
            return false;
        }
    }
}
