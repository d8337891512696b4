package io.github.backupcodes.benchmark;

import io.github.backupcodes.code.Argon2id;
import java.util.Locale;
import java.util.Map;

/** What many users and many sign-ins take, computed from what one takes: the part of {@code docs/performance.md} on paper. */
record ServerCapacity(Map<String, Double> figures) {

    /** What one Argon2id of the usual cost takes, as a server counts it. */
    static final String HASH_MS = "hash-ms";

    /** CPU time of the server for a whole sign-in with password and backup code. */
    static final String SIGN_IN_MS = "code-sign-in-cpu-ms";

    /** The same with one of Keycloak's recovery codes. */
    static final String BUILT_IN_MS = "recovery-sign-in-cpu-ms";

    /** The two texts of a new set of ten. */
    static final String SET_BYTES = "set-of-10-new-bytes";

    /** The two texts when all ten are used, and those of the set before are remembered. */
    static final String USED_SET_BYTES = "set-of-10-used-bytes";

    private static final double USERS = 1e6;
    private static final double SIGN_INS_A_SECOND = 1000;
    private static final double KIB_A_MIB = 1024;

    String table() {
        double hash = figure(HASH_MS);
        double signIn = figure(SIGN_IN_MS);
        double builtIn = figure(BUILT_IN_MS);
        // Little's law: as many at once as arrive in the time that one takes
        double hashesAtOnce = SIGN_INS_A_SECOND * hash / 1000;
        double mebibytes = hashesAtOnce * Argon2id.STRONG_CODES.memoryKib() / KIB_A_MIB;
        return String.format(
                Locale.ROOT,
                """
                | For a million users with a set of ten | Value | Computed from |
                |---|---:|---|
                | rows in `CREDENTIAL` | %,.0f | one for each user |
                | data in them, new sets | %.2f GB | `%s` = %.0f |
                | data in them, all codes used, with the hashes of the replaced set | %.2f GB | `%s` = %.0f |

                | For a thousand sign-ins with a code a second | Value | Computed from |
                |---|---:|---|
                | processors, complete sign-ins | %.0f | `%s` = %.1f |
                | the same with Keycloak recovery codes | %.0f | `%s` = %.1f |
                | of these, for the hash of the code | %.1f | `%s` = %.2f |
                | memory of the concurrent hashes, all nodes together | %.0f MiB | 7 MiB for each of %.1f |
                | row locks a second, on different rows unless a user signs in twice at the same moment | %,.0f | one for each sign-in |
                | data written to `CREDENTIAL` | %.1f MB/s | `%s`, at most |
                | users removed from the caches of the other nodes, each with a message of a few hundred bytes to every node | %,.0f a second | one for each sign-in |
                """,
                USERS,
                USERS * figure(SET_BYTES) / 1e9,
                SET_BYTES,
                figure(SET_BYTES),
                USERS * figure(USED_SET_BYTES) / 1e9,
                USED_SET_BYTES,
                figure(USED_SET_BYTES),
                SIGN_INS_A_SECOND * signIn / 1000,
                SIGN_IN_MS,
                signIn,
                SIGN_INS_A_SECOND * builtIn / 1000,
                BUILT_IN_MS,
                builtIn,
                hashesAtOnce,
                HASH_MS,
                hash,
                mebibytes,
                hashesAtOnce,
                SIGN_INS_A_SECOND,
                SIGN_INS_A_SECOND * figure(USED_SET_BYTES) / 1e6,
                USED_SET_BYTES,
                SIGN_INS_A_SECOND);
    }

    private double figure(String name) {
        Double value = figures.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no figure " + name);
        }
        return value;
    }
}
