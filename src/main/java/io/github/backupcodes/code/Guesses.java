package io.github.backupcodes.code;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The wrong codes typed since the last good one.
 *
 * @param inARow      how many
 * @param pausedUntil when the last pause ends or ended; null when there was none
 */
public record Guesses(int inARow, @Nullable Instant pausedUntil) {

    /** No wrong code so far. */
    public static final Guesses NONE = new Guesses(0, null);

    /** With one more wrong code, and the pause that it may bring. */
    public Guesses andOneMore(GuessLimit limit, Instant now) {
        int more = inARow + 1;
        boolean pause = limit.failures() > 0 && more % limit.failures() == 0;
        return new Guesses(more, pause ? now.plus(limit.pause()) : pausedUntil);
    }

    /** The end of the pause, if it is one now. */
    public Optional<Instant> pause(Instant now) {
        return Optional.ofNullable(pausedUntil).filter(now::isBefore);
    }

    /** Whether only new codes help any more, see {@link GuessLimit#MOST_IN_A_ROW}. */
    public boolean areTooMany() {
        return inARow >= GuessLimit.MOST_IN_A_ROW;
    }
}
