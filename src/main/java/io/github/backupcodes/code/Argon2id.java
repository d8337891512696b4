package io.github.backupcodes.code;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id, version 1.3 (RFC 9106), by Bouncy Castle.
 *
 * <p>The memory is that of Keycloak's password hash. A password needs five passes over it because people choose
 * passwords; a code of 64 bits or more is drawn at random and gets by with one. A thief who computes a billion of these
 * hashes a second has even odds to find the first of ten codes of 70 bits after 2^70 (1 - 2^(-1/10)) = 2^66.1 guesses:
 * about 2,500 years.
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

    /** The name of the scheme. */
    public static final String ID = "argon2id";

    private static final int MOST_MEMORY_KIB = 64 * 1024;
    private static final int MOST_ITERATIONS = 100;
    private static final int MOST_LANES = 16;

    /**
     * Checks the cost, which may come from an import: a made-up one must not take the server's memory.
     *
     * @throws IllegalArgumentException when it is beyond 64 MiB, 100 passes or 16 lanes, or below what Argon2 needs
     */
    public Argon2id {
        if (parallelism < 1
                || parallelism > MOST_LANES
                || iterations < 1
                || iterations > MOST_ITERATIONS
                || memoryKib < 8 * parallelism
                || memoryKib > MOST_MEMORY_KIB) {
            throw new IllegalArgumentException(
                    "Argon2id with %d KiB, %d passes, %d lanes".formatted(memoryKib, iterations, parallelism));
        }
    }

    @Override
    public String id() {
        return ID;
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

    /** Whether this server has Bouncy Castle's Argon2: not in FIPS mode. */
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
