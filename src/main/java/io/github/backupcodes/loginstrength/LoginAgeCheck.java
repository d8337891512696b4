package io.github.backupcodes.loginstrength;

import java.time.Duration;
import java.time.Instant;

/**
 * Checks whether a sign-in is recent enough to generate codes.
 *
 * @param most the maximum age by the policy, the setting {@code max_auth_age} of the required action
 */
record LoginAgeCheck(Duration most) {

    /** How long after its own sign-in the first page is allowed, even if the policy allows less. */
    private static final Duration FIRST_PAGE = Duration.ofSeconds(10);

    /**
     * How much longer codes that were shown in time can be saved, because users must write them down or retype one.
     */
    private static final Duration SAVING = Duration.ofMinutes(10);

    /** What an action is about to do with new codes. */
    enum Purpose {
        SHOW(Duration.ZERO),
        SAVE(SAVING);

        private final Duration extra;

        Purpose(Duration extra) {
            this.extra = extra;
        }
    }

    /** Whether a session is recent enough that was entered at the given moment. */
    boolean allowsSession(Instant enteredAt, Instant now, Purpose purpose) {
        return !enteredAt.plus(most).plus(purpose.extra).isBefore(now);
    }

    /** Whether a current sign-in is recent enough that was accepted at the given moment. */
    boolean allowsSignIn(Instant acceptedAt, Instant now, Purpose purpose) {
        Duration maxAge = most.compareTo(FIRST_PAGE) < 0 ? FIRST_PAGE : most;
        return !acceptedAt.plus(maxAge).plus(purpose.extra).isBefore(now);
    }
}
