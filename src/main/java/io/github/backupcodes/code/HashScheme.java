package io.github.backupcodes.code;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A salted hash with its cost. Scheme and cost are stored with each set (NIST SP 800-63B-4, 3.1.1.2), so that sets made
 * under another scheme, cost or key go on working.
 */
public sealed interface HashScheme permits SlowHash, KeyedHash {

    /**
     * NIST SP 800-63B-4, 4.2.1.1: from 64 bits on a saved code resists guessing by its own strength. The hash of shorter
     * ones has to cost the thief more.
     */
    double STRONG_BITS = 64;

    /** From so many bits on a code needs no slow hash (NIST SP 800-63B-4, 3.1.2; OWASP ASVS 5.0, 6.5.2). */
    double FAST_BITS = 112;

    /** The name of the scheme as it is stored, for example {@code argon2id}. */
    String id();

    /**
     * Whether it costs what it has to.
     *
     * @param bits what codes are worth that are hashed with it
     */
    boolean suits(double bits);

    /** The id of the key; null for a scheme without one. */
    default @Nullable String keyId() {
        return null;
    }

    /**
     * Hashes codes under one salt, several at once if the server has several processors.
     *
     * @param codes the codes
     * @param salt  their salt
     * @param keys  where the key is, for a scheme that has one
     * @return their hashes, in the same order
     * @throws HashKeyMissingException if the key is missing
     */
    List<CodeHash> hash(List<BackupCode> codes, Salt salt, HashKeySource keys);

    /**
     * Hashes one code, in the thread of the caller.
     *
     * @throws HashKeyMissingException if the key is missing
     */
    CodeHash hash(BackupCode code, Salt salt, HashKeySource keys);

    /**
     * The scheme for new sets without a key: Argon2id where the server has Bouncy Castle, dearer for sets below
     * {@link #STRONG_BITS}; else (in FIPS mode) PBKDF2.
     *
     * @param format how the codes look
     * @param count  how many there are
     */
    static SlowHash forSet(CodeFormat format, int count) {
        if (Argon2id.isAvailable()) {
            return format.isStrong(count) ? Argon2id.STRONG_CODES : Argon2id.WEAK_CODES;
        }
        return Pbkdf2.DEFAULT;
    }

    /**
     * The scheme for new sets.
     *
     * @param format  how the codes look
     * @param count   how many there are
     * @param keyId   the id of the key; null for none
     * @param isAlone whether the keyed hash may stand alone: it does for sets of {@link #FAST_BITS} or more, else the slow
     *     hash is behind it
     */
    static HashScheme forSet(CodeFormat format, int count, @Nullable String keyId, boolean isAlone) {
        SlowHash slow = forSet(format, count);
        if (keyId == null) {
            return slow;
        }
        KeyedHash alone = KeyedHash.standalone(keyId);
        return isAlone && alone.suits(format.bits(count)) ? alone : KeyedHash.inFrontOf(slow, keyId);
    }
}
