package io.github.backupcodes.credential;

import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeHash;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.Salt;

/**
 * A typed code with all slow hashes done, ready to be decided on under the lock.
 *
 * @param salt     the salt of the set it was hashed for
 * @param hash     its hash
 * @param replaced whether it is none of that set, but one of the set before
 */
record HashedAttempt(Salt salt, CodeHash hash, boolean replaced) {

    /** Hashes once; twice for a code that is none of the set, where there was a set before. */
    static HashedAttempt of(BackupCode code, CodeSet set) {
        CodeHash hash = set.hash(code);
        boolean replaced =
                !set.has(hash) && set.replaced() != null && set.replaced().include(code);
        return new HashedAttempt(set.salt(), hash, replaced);
    }
}
