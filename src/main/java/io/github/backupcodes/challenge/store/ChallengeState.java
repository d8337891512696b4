package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.Challenge;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Value object: what a page says about the code that the user is asked for.
 *
 * @param kind      what there is
 * @param challenge the challenge; null if there is none that this request knows
 * @param nextAt    when the user may ask for a message again; null if not, or if that is unknown
 * @param newCode   whether a message with another code than before was requested by this request
 * @param failed    whether the latest message could not be sent
 */
public record ChallengeState(
        Kind kind, @Nullable Challenge challenge, @Nullable Instant nextAt, boolean newCode, boolean failed) {

    /** What there is. */
    public enum Kind {
        /** A message was sent, or will be. */
        SENT,
        /** Another request is making the challenge, or has sent a message a moment ago in another browser. */
        ELSEWHERE,
        /** A limit of sending is reached. */
        TOO_MANY,
        /** The realm has no key to derive codes with. */
        IMPOSSIBLE,
        /** The store does not answer. */
        UNAVAILABLE
    }

    static ChallengeState of(Kind kind) {
        return new ChallengeState(kind, null, null, false, false);
    }
}
