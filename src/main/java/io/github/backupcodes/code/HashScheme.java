package io.github.backupcodes.code;

/**
 * A slow, salted hash with its cost. Scheme and cost are stored with each set (NIST SP 800-63B-4, 3.1.1.2), so that sets
 * made under another scheme or cost go on working.
 */
public sealed interface HashScheme permits Argon2id, Pbkdf2 {

    /**
     * NIST SP 800-63B-4, 4.2.1.1: from 64 bits on a saved code resists guessing by its own strength. The hash of shorter
     * ones has to cost the thief more.
     */
    double STRONG_BITS = 64;

    /** The name of the scheme as it is stored, for example {@code argon2id}. */
    String id();

    /** Hashes a code: slow on purpose, milliseconds to hundreds of them. */
    CodeHash hash(BackupCode code, Salt salt);

    /**
     * The scheme for new sets: Argon2id where the server has Bouncy Castle, dearer for codes below {@link #STRONG_BITS};
     * else (in FIPS mode) PBKDF2.
     */
    static HashScheme forFormat(CodeFormat format) {
        if (Argon2id.isAvailable()) {
            return format.isStrong() ? Argon2id.STRONG_CODES : Argon2id.WEAK_CODES;
        }
        return Pbkdf2.DEFAULT;
    }
}
