package io.github.backupcodes.code;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Value object: the failed attempts since a code was last accepted.
 *
 * @param consecutive the number of consecutive wrong codes
 * @param replays     the number of codes that were already used, or belong to the previous set. They are not guesses,
 *     so they never disable a set; but each costs the server a hash, so they start a pause as wrong codes do
 * @param pausedUntil when the last pause ends or ended; null if there was none
 */
public record FailedAttempts(
        int consecutive, int replays, @Nullable Instant pausedUntil) {

    /** No failed attempts. */
    public static final FailedAttempts NONE = new FailedAttempts(0, 0, null);

    /** A copy with one more wrong code, and the pause that it may start. */
    public FailedAttempts plusFailure(AttemptLimit limit, Instant now) {
        return new FailedAttempts(consecutive + 1, replays, pauseAfterFailure(limit, now));
    }

    /** A copy with one more replay, and the pause that it may start. */
    public FailedAttempts plusReplay(AttemptLimit limit, Instant now) {
        return new FailedAttempts(consecutive, replays + 1, pauseAfterFailure(limit, now));
    }

    private @Nullable Instant pauseAfterFailure(AttemptLimit limit, Instant now) {
        boolean pause = limit.failures() > 0 && (consecutive + replays + 1) % limit.failures() == 0;
        return pause ? now.plus(limit.pause()) : pausedUntil;
    }

    /** The end of the current pause; empty if there is none. */
    public Optional<Instant> pause(Instant now) {
        return Optional.ofNullable(pausedUntil).filter(now::isBefore);
    }

    /** Whether there were too many, so that only new codes help, see {@link AttemptLimit#MOST_IN_A_ROW}. */
    public boolean isMaximumReached() {
        return isMaximum(consecutive);
    }

    /** Whether this many consecutive failed attempts are too many. */
    static boolean isMaximum(int consecutive) {
        return consecutive >= AttemptLimit.MOST_IN_A_ROW;
    }
}
