package io.github.backupcodes.code;

import java.util.List;

/** A hash that is slow on purpose, so that every guess of a thief is expensive. */
public sealed interface SlowHash extends HashScheme permits Argon2id, Pbkdf2 {

    /** Hashes ASCII text. Takes milliseconds to hundreds of milliseconds. */
    CodeHash hash(byte[] ascii, Salt salt);

    @Override
    default CodeHash hash(BackupCode code, Salt salt, HashKeySource keys) {
        return hash(code.bytes(), salt);
    }

    @Override
    default List<CodeHash> hash(List<BackupCode> codes, Salt salt, HashKeySource keys) {
        return hashAll(codes.stream().map(BackupCode::bytes).toList(), salt);
    }

    /**
     * Hashes several texts in parallel. The threads are the caller and those of the common pool, of which there is one fewer than
     * processors: at most that many hashes run at once in the whole server, however many users generate codes.
     */
    default List<CodeHash> hashAll(List<byte[]> ascii, Salt salt) {
        return ascii.parallelStream().map(each -> hash(each, salt)).toList();
    }
}
