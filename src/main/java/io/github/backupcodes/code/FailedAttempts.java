package io.github.backupcodes.code;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The codes typed in vain since the last good one.
 *
 * @param consecutive      how many wrong ones
 * @param replays     how many that were used before, or belong to the set before. They are no guesses, so they never disable a
 *     set; but each costs the server a hash, so they bring the pause as wrong ones do
 * @param pausedUntil when the last pause ends or ended; null when there was none
 */
public record FailedAttempts(
        int consecutive, int replays, @Nullable Instant pausedUntil) {

    /** No code in vain so far. */
    public static final FailedAttempts NONE = new FailedAttempts(0, 0, null);

    /** With one more wrong code, and the pause that it may bring. */
    public FailedAttempts plusFailure(AttemptLimit limit, Instant now) {
        return new FailedAttempts(consecutive + 1, replays, pauseAfterOneMore(limit, now));
    }

    /** With one more code of old, and the pause that it may bring. */
    public FailedAttempts plusReplay(AttemptLimit limit, Instant now) {
        return new FailedAttempts(consecutive, replays + 1, pauseAfterOneMore(limit, now));
    }

    private @Nullable Instant pauseAfterOneMore(AttemptLimit limit, Instant now) {
        boolean pause = limit.failures() > 0 && (consecutive + replays + 1) % limit.failures() == 0;
        return pause ? now.plus(limit.pause()) : pausedUntil;
    }

    /** The end of the pause, if it is one now. */
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
