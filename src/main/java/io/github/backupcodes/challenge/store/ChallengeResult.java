package io.github.backupcodes.challenge.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Value object: the result of an entered verification code.
 *
 * @param outcome     what came of it
 * @param pausedUntil the end of the pause that is running, or that this code has started; null for none
 * @param disabled    whether this code has disabled the credential
 */
public record ChallengeResult(Outcome outcome, @Nullable Instant pausedUntil, boolean disabled) {

    /** What came of an entered code, with the name for events. */
    public enum Outcome {
        /** It was right, and is used now. */
        ACCEPTED("accepted", false),
        /** It was not right. */
        WRONG("wrong_code", true),
        /** It was right, but was accepted before. */
        ALREADY_USED("code_already_used", true),
        /** There is no challenge, or its code has expired. */
        EXPIRED("code_expired", false),
        /** All tries of the challenge are taken. */
        TOO_MANY_TRIES("too_many_tries", false),
        /** All tries of the day are taken, with which the user could set up a factor. */
        TOMORROW("too_many_tries", false),
        /** The text is no code of this length. */
        MALFORMED("malformed_code", false),
        /** No code is compared until the end of a pause. */
        PAUSED("code_paused", false),
        /** No code is compared until the credential is set up again. */
        DISABLED("code_disabled", false),
        /** Someone else holds the row for too long, or the store does not answer: nothing was granted. */
        BUSY("code_busy", false),
        /** This version cannot read the credential. */
        UNREADABLE("code_unreadable", false);

        private final String id;
        private final boolean counted;

        Outcome(String id, boolean counted) {
            this.id = id;
            this.counted = counted;
        }

        /** The name. */
        public String id() {
            return id;
        }

        /** Whether it is an attempt for the realm's brute force detection. */
        public boolean isCounted() {
            return counted;
        }
    }

    static ChallengeResult of(Outcome outcome) {
        return new ChallengeResult(outcome, null, false);
    }
}
