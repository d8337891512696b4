package io.github.backupcodes.credential;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bounds how many slow hashes run at once on this server, so that a flood of attempts takes neither its memory (7 MiB a
 * hash) nor all of its processors.
 */
final class SlowHashes {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Semaphore slots;

    /** Takes how many may run at once. */
    SlowHashes(int atOnce) {
        this.slots = new Semaphore(atOnce, true);
    }

    /** Twice as many as there are processors: enough to keep them busy, 14 MiB for each. */
    static SlowHashes forThisServer() {
        return new SlowHashes(2 * Runtime.getRuntime().availableProcessors());
    }

    /** The result of work that hashes, or nothing when no slot came free within five seconds. */
    <T> Optional<T> run(Supplier<T> work) {
        if (!acquire()) {
            return Optional.empty();
        }
        try {
            return Optional.of(work.get());
        } finally {
            slots.release();
        }
    }

    private boolean acquire() {
        try {
            return slots.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
