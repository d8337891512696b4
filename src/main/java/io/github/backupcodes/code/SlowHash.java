package io.github.backupcodes.code;

import java.util.List;

/** A hash that is slow on purpose: it makes every guess of a thief dear. */
public sealed interface SlowHash extends HashScheme permits Argon2id, Pbkdf2 {

    /** Hashes text in ASCII: milliseconds to hundreds of them. */
    CodeHash hash(byte[] ascii, Salt salt);

    @Override
    default List<CodeHash> hash(List<BackupCode> codes, Salt salt, HashKeySource keys) {
        return hashAll(codes.stream().map(BackupCode::bytes).toList(), salt);
    }

    /**
     * Hashes several, in parallel. The threads are those of the common pool, one fewer than there are processors, and the
     * caller: so many hashes run at once in the whole server, whoever else makes codes.
     */
    default List<CodeHash> hashAll(List<byte[]> ascii, Salt salt) {
        return ascii.parallelStream().map(each -> hash(each, salt)).toList();
    }
}
