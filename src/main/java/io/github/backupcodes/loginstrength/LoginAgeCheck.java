package io.github.backupcodes.loginstrength;

import java.time.Duration;
import java.time.Instant;

/**
 * How old a sign-in may be that is given codes.
 *
 * @param most what the policy allows, the setting {@code max_auth_age} of the required action
 */
record LoginAgeCheck(Duration most) {

    /** How long the first page takes to come after its own sign-in, however little the policy allows. */
    private static final Duration FIRST_PAGE = Duration.ofSeconds(10);

    /** How much longer codes can be saved that were shown in time: they have to be written down, or typed back. */
    private static final Duration SAVING = Duration.ofMinutes(10);

    /** What an action is about to do with new codes. */
    enum Purpose {
        SHOW(Duration.ZERO),
        SAVE(SAVING);

        private final Duration more;

        Purpose(Duration more) {
            this.more = more;
        }
    }

    /** Whether a session is young enough that was entered at some moment. */
    boolean allowsSession(Instant entered, Instant now, Purpose purpose) {
        return !entered.plus(most).plus(purpose.more).isBefore(now);
    }

    /** Whether a sign-in that still goes on is young enough that was let in at some moment. */
    boolean allowsSignIn(Instant letIn, Instant now, Purpose purpose) {
        Duration least = most.compareTo(FIRST_PAGE) < 0 ? FIRST_PAGE : most;
        return !letIn.plus(least).plus(purpose.more).isBefore(now);
    }
}
