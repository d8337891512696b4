package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.SendingLimit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Value object: what a page says about the code that the user is asked for.
 *
 * @param kind   what there is
 * @param nextAt when the user may ask for a message again; null if not, or if that is unknown
 * @param answer what came of asking for a message with this request
 * @param unused whether several challenges in a row were sent and not entered, and the user is to be told now
 * @param limit  the limit that is reached; null if none is
 */
public record ChallengeState(
        Kind kind,
        @Nullable Instant nextAt,
        Answer answer,
        boolean unused,
        @Nullable SendingLimit limit) {

    /** What there is. */
    public enum Kind {
        /** A message was sent, or will be. */
        SENT,
        /** The latest message could not be sent. */
        FAILED,
        /** The latest message cannot be sent to its destination. */
        REFUSED,
        /** The code has expired. */
        EXPIRED,
        /** All tries of the code are taken. */
        USED_UP,
        /** Another request is making the challenge, or has sent a message a moment ago in another browser. */
        ELSEWHERE,
        /** A limit of sending is reached. */
        LIMITED,
        /** The realm has no key to derive codes with. */
        IMPOSSIBLE,
        /** The store does not answer. */
        UNAVAILABLE
    }

    /** What came of asking for a message. */
    public enum Answer {
        /** The request did not ask, or nothing was sent. */
        NONE,
        /** It was too early. */
        TOO_EARLY,
        /** The same code is sent again. */
        SAME_CODE,
        /** A new code is sent, and replaces an older one. */
        NEW_CODE
    }

    static ChallengeState of(Kind kind) {
        return new ChallengeState(kind, null, Answer.NONE, false, null);
    }

    static ChallengeState of(Kind kind, @Nullable Instant nextAt) {
        return new ChallengeState(kind, nextAt, Answer.NONE, false, null);
    }

    static ChallengeState limited(SendingLimit limit) {
        return new ChallengeState(Kind.LIMITED, null, Answer.NONE, false, limit);
    }

    ChallengeState withLimit(SendingLimit newLimit) {
        return new ChallengeState(kind, nextAt, answer, unused, newLimit);
    }

    ChallengeState with(Answer newAnswer) {
        return new ChallengeState(kind, nextAt, newAnswer, unused, limit);
    }

    ChallengeState withUnused(boolean newUnused) {
        return new ChallengeState(kind, nextAt, answer, newUnused, limit);
    }
}
