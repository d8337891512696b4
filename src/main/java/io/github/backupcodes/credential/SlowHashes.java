package io.github.backupcodes.credential;

import io.github.backupcodes.metrics.Meters;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bounds how many slow hashes run at once on this server, so that a flood of attempts cannot take its memory: 7 MiB a hash.
 * Making sets, which takes longer, has places of its own, so that it cannot keep people from signing in.
 *
 * @param ofAttempts the places of sign-ins: one hash each, sometimes two or three, one after the other
 * @param ofSets     the places of those who make a set: as many hashes as it has codes
 */
record SlowHashes(Slots ofAttempts, Slots ofSets) {

    /**
     * For every processor two sign-ins and one set: at most 21 MiB. Fewer would make a flood last longer, and whoever waits holds a
     * thread of the server.
     */
    static SlowHashes forThisServer(Meters meters) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new SlowHashes(
                new Slots(2 * processors, Meters.Work.ATTEMPT, meters), new Slots(processors, Meters.Work.SET, meters));
    }

    /** So many at once, the others wait their turn. */
    static final class Slots {

        private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

        private final Semaphore free;
        private final Meters.Work kind;
        private final Meters meters;

        Slots(int atOnce, Meters.Work kind, Meters meters) {
            this.free = new Semaphore(atOnce, true);
            this.kind = kind;
            this.meters = meters;
        }

        /** The result of work that hashes, or nothing when no place came free within five seconds. */
        <T> Optional<T> run(Supplier<T> work) {
            if (!acquire()) {
                return Optional.empty();
            }
            try {
                return Optional.of(meters.timed(kind, work));
            } finally {
                free.release();
            }
        }

        private boolean acquire() {
            try {
                return free.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
