package io.github.backupcodes.code;

import java.util.List;

/** A hash that is slow on purpose, so that every guess of a thief is expensive. */
public sealed interface SlowHash extends HashScheme permits Argon2id, Pbkdf2 {

    /** Hashes ASCII text. Takes milliseconds to hundreds of milliseconds. */
    CodeHash hash(byte[] ascii, Salt salt);

    @Override
    default List<CodeHash> hash(List<BackupCode> codes, Salt salt, HashKeySource keys) {
        return hashAll(codes.stream().map(BackupCode::bytes).toList(), salt);
    }

    /**
     * Hashes several inputs in parallel, on the threads of the common pool (one fewer than there are processors) and of
     * the caller: this limits how many hashes run at once in the whole server, however many users generate codes.
     */
    default List<CodeHash> hashAll(List<byte[]> ascii, Salt salt) {
        return ascii.parallelStream().map(each -> hash(each, salt)).toList();
    }
}
