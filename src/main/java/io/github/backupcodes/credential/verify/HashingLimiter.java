package io.github.backupcodes.credential.verify;

import io.github.backupcodes.metrics.BackupCodesMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Bounds how many slow hashes run at once on this server, so that a flood of attempts cannot take its memory, 7 MiB a hash of ours, and
 * how many requests wait for one, so that it cannot take the server's threads: everybody else signs in with these. Making sets,
 * which takes longer, has places of its own, so that it cannot keep people from signing in. A user has one place of each kind at
 * most, and realms have their turns, so that a flood for one user, or in one realm, takes no places of others.
 *
 * @param ofAttempts the places of sign-ins: one hash each, sometimes two or three, one after the other
 * @param ofSets     the places of those who make a set: as many hashes as it has codes
 */
public record HashingLimiter(Slots ofAttempts, Slots ofSets) {

    /**
     * Of the threads that Keycloak has for requests: 50, or four for every processor where that is more. So many wait only where
     * hundreds of codes come in a second.
     */
    private static final int WAITING = 16;

    /** Half of the processors for each: the other half is for those who use no code. At most 14 MiB for every processor. */
    public static HashingLimiter forThisServer(BackupCodesMetrics metrics) {
        int atOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new HashingLimiter(
                new Slots(atOnce, WAITING, BackupCodesMetrics.Work.ATTEMPT, metrics),
                new Slots(atOnce, WAITING, BackupCodesMetrics.Work.SET, metrics));
    }

    /** So many at once, one for a user, shared fairly between realms; so many others wait their turn, and no more. */
    public static final class Slots {

        private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

        private final FairSemaphore free;
        private final BackupCodesMetrics.Work kind;
        private final BackupCodesMetrics metrics;

        Slots(int atOnce, int waiting, BackupCodesMetrics.Work kind, BackupCodesMetrics metrics) {
            this.free = new FairSemaphore(atOnce, waiting, waiting / 2);
            this.kind = kind;
            this.metrics = metrics;
        }

        /** The result of work that hashes, or nothing when too many wait already, or no place came free within five seconds. */
        public <T> Optional<T> run(FairSemaphore.Claimant forWhom, Supplier<T> work) {
            if (!free.tryAcquire(forWhom, LONGEST_WAIT)) {
                return Optional.empty();
            }
            try {
                return Optional.of(metrics.timed(kind, work));
            } finally {
                free.release(forWhom);
            }
        }
    }
}
