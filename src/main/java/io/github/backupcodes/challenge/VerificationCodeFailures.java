package io.github.backupcodes.challenge;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Value object: the wrong codes that were entered for a credential. They are counted in its row, whatever challenge they were
 * entered for: a new code resets nothing (NIST SP 800-63B-4, 3.1.3.2).
 *
 * @param consecutive since a code was last accepted; every ten start a pause
 * @param total       in all; an accepted code halves it. At a hundred the credential is disabled until it is set up again. Clearing it
 *     would give a thief of the password a hundred guesses between any two sign-ins of the owner
 * @param pausedUntil when the last pause ends or ended; null if there was none
 */
public record VerificationCodeFailures(
        int consecutive, int total, @Nullable Instant pausedUntil) {

    /** No failures. */
    public static final VerificationCodeFailures NONE = new VerificationCodeFailures(0, 0, null);

    /** How many wrong codes start a pause. */
    public static final int FAILURES_TO_PAUSE = 10;

    /** NIST SP 800-63B-4, 3.2.2: at most 100 consecutive failed attempts. */
    public static final int MOST_FAILURES = 100;

    /** How long a pause lasts. */
    public static final Duration PAUSE = Duration.ofMinutes(15);

    /** A copy with one more wrong code, and the pause that it may start. */
    public VerificationCodeFailures plusOne(Instant now) {
        int more = consecutive + 1;
        return new VerificationCodeFailures(
                more, total + 1, more % FAILURES_TO_PAUSE == 0 ? now.plus(PAUSE) : pausedUntil);
    }

    /** A copy after an accepted code. */
    public VerificationCodeFailures afterSuccess() {
        return new VerificationCodeFailures(0, total / 2, null);
    }

    /** The end of the current pause; empty if there is none. */
    public Optional<Instant> pause(Instant now) {
        return Optional.ofNullable(pausedUntil).filter(now::isBefore);
    }

    /** Whether only setting the credential up again helps. */
    public boolean isMaximumReached() {
        return total >= MOST_FAILURES;
    }

    /** Whether a code is not even compared now. */
    public boolean refusesCodes(Instant now) {
        return isMaximumReached() || pause(now).isPresent();
    }
}
