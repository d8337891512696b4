package io.github.backupcodes.code;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * The slow hash Argon2id, version 1.3 (RFC 9106), computed by Bouncy Castle.
 *
 * <p>It uses the same memory as Keycloak's password hash. A password needs five passes over it because people choose
 * passwords; a random code of 64 bits or more needs only one. A thief who computes a billion of these hashes a second
 * has an even chance of finding the first of ten codes of 70 bits after 2^70 (1 - 2^(-1/10)) = 2^66.1 guesses: about
 * 2,500 years.
 *
 * @param memoryKib   memory in KiB
 * @param iterations  passes over the memory
 * @param parallelism lanes
 */
public record Argon2id(int memoryKib, int iterations, int parallelism) implements SlowHash {

    /** 7 MiB, one pass: for codes of 64 bits or more. */
    public static final Argon2id STRONG_CODES = new Argon2id(7168, 1, 1);

    /** 7 MiB, five passes, the cost of Keycloak's password hash: for shorter codes. */
    public static final Argon2id WEAK_CODES = new Argon2id(7168, 5, 1);

    /** The name of the scheme, as it is stored. */
    public static final String ID = "argon2id";

    /**
     * The highest cost (memory times passes, in KiB): twice our most expensive one, 2 x 7,168 KiB x 5 passes. While it
     * is computed (some 90 ms) an attempt occupies a slot that all realms share. What OWASP's Password Storage Cheat
     * Sheet proposes is below (46 MiB in one pass is 47,104), and the memory alone is at most 70 MiB.
     */
    private static final long MAX_COST = 71_680;

    /** The number of lanes that RFC 9106 proposes. Bouncy Castle computes them one after the other. */
    private static final int MAX_LANES = 4;

    /**
     * Checks the cost, which may come from an import: an invented cost must not exhaust the server's memory or time.
     *
     * @throws IllegalArgumentException if memory times passes is above 71,680 KiB, if there are more than 4 lanes, or
     *     if a value is below the minimum of Argon2
     */
    public Argon2id {
        if (parallelism < 1
                || parallelism > MAX_LANES
                || iterations < 1
                || memoryKib < 8 * parallelism
                || (long) memoryKib * iterations > MAX_COST) {
            throw new IllegalArgumentException(
                    "Argon2id with %d KiB, %d passes, %d lanes".formatted(memoryKib, iterations, parallelism));
        }
    }

    @Override
    public String id() {
        return ID;
    }

    /**
     * True if the memory and the cost are at least ours for codes of this strength; always true if no slow hash is
     * needed.
     */
    @Override
    public boolean suits(double bits) {
        Argon2id least = bits >= STRONG_BITS ? STRONG_CODES : WEAK_CODES;
        return bits >= FAST_BITS || (memoryKib >= least.memoryKib && cost() >= least.cost());
    }

    private long cost() {
        return (long) memoryKib * iterations;
    }

    @Override
    public CodeHash hash(byte[] ascii, Salt salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(iterations)
                .withParallelism(parallelism)
                .withSalt(salt.bytes())
                .build());
        byte[] hash = new byte[CodeHash.LENGTH];
        generator.generateBytes(ascii, hash);
        return new CodeHash(hash);
    }

    /** Whether this server has Bouncy Castle's Argon2, which is absent in FIPS mode. */
    public static boolean isAvailable() {
        try {
            Class.forName(
                    "org.bouncycastle.crypto.generators.Argon2BytesGenerator", false, Argon2id.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
