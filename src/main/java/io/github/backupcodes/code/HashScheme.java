package io.github.backupcodes.code;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A salted hash with its cost. Scheme and cost are stored with each set (NIST SP 800-63B-4, 3.1.1.2), so that sets
 * created with another scheme, cost or key keep working.
 */
public sealed interface HashScheme permits SlowHash, KeyedHash {

    /**
     * NIST SP 800-63B-4, 4.2.1.1: with 64 bits or more a saved code resists guessing by its own strength. The hash of
     * shorter codes must be more expensive.
     */
    double STRONG_BITS = 64;

    /** With at least this many bits a code needs no slow hash (NIST SP 800-63B-4, 3.1.2; OWASP ASVS 5.0, 6.5.2). */
    double FAST_BITS = 112;

    /** The name of the scheme as it is stored, for example {@code argon2id}. */
    String id();

    /**
     * Whether the scheme is expensive enough.
     *
     * @param bits the strength of the codes that are hashed with it
     */
    boolean suits(double bits);

    /** The id of the key; null for a scheme without a key. */
    default @Nullable String keyId() {
        return null;
    }

    /**
     * Hashes codes under one salt, several at once if the server has several processors.
     *
     * @param codes the codes
     * @param salt  their salt
     * @param keys  looks up the key, for a scheme that has one
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
     * The scheme for new sets without a key: Argon2id if the server has Bouncy Castle, at a higher cost for sets below
     * {@link #STRONG_BITS}; otherwise (in FIPS mode) PBKDF2.
     *
     * @param format the format of the codes
     * @param count  the number of codes
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
     * @param format     the format of the codes
     * @param count      the number of codes
     * @param keyId      the id of the key; null for none
     * @param standalone whether the keyed hash may stand alone: it does for sets of {@link #FAST_BITS} or more,
     *     otherwise the slow hash follows it
     */
    static HashScheme forSet(CodeFormat format, int count, @Nullable String keyId, boolean standalone) {
        SlowHash slow = forSet(format, count);
        if (keyId == null) {
            return slow;
        }
        KeyedHash keyed = KeyedHash.standalone(keyId);
        return standalone && keyed.suits(format.bits(count)) ? keyed : KeyedHash.inFrontOf(slow, keyId);
    }
}
