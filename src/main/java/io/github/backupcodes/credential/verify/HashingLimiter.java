package io.github.backupcodes.credential.verify;

import io.github.backupcodes.metrics.BackupCodesMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Limits how many slow hashes run at once on this server, so that a flood of attempts cannot use up its memory (7 MiB for each hash), and
 * how many requests wait for one, so that it cannot use up the server's threads, which all other sign-ins need. Generating sets takes longer
 * and has slots of its own, so that it cannot block sign-ins. A user has at most one slot of each kind, and realms take turns, so that a
 * flood for one user, or in one realm, takes no slots from others.
 *
 * @param ofAttempts the slots for attempts: one hash each, sometimes two or three, one after the other
 * @param ofSets     the slots for generating a set: one hash for each code
 */
public record HashingLimiter(Slots ofAttempts, Slots ofSets) {

    /**
     * How many of Keycloak's threads for requests may wait: Keycloak has 50, or four for every processor if that is more. That many wait only
     * if hundreds of codes arrive in a second.
     */
    private static final int WAITING = 16;

    /** Half of the processors for each kind: the other half is for everyone else. At most 14 MiB for every processor. */
    public static HashingLimiter forThisServer(BackupCodesMetrics metrics) {
        int atOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new HashingLimiter(
                new Slots(atOnce, WAITING, BackupCodesMetrics.Work.ATTEMPT, metrics),
                new Slots(atOnce, WAITING, BackupCodesMetrics.Work.SET, metrics));
    }

    /** A limited number of slots, at most one for a user, shared fairly between realms, with a limited number of waiters. */
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

        /** Runs work that hashes; empty if too many wait already, or if no slot became free within five seconds. */
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
