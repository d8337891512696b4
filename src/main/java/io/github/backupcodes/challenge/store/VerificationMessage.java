package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.Challenge;
import io.github.backupcodes.challenge.ChallengeScope;
import java.time.Duration;
import java.time.Instant;

/**
 * Value object: a message with a code that waits to be sent, without the code, which is derived again when it is sent, and without
 * any model of the request, which has ended by then.
 *
 * @param realmId   the id of the realm
 * @param realmName its name, for the metrics
 * @param userId    the id of the user
 * @param scope     what the challenge is bound to
 * @param challenge the challenge
 * @param number    the number of the message, from 1
 * @param digits    how many digits the code has
 * @param queuedAt  when it was queued
 */
public record VerificationMessage(
        String realmId,
        String realmName,
        String userId,
        ChallengeScope scope,
        Challenge challenge,
        int number,
        int digits,
        Instant queuedAt) {

    /** Whether it has waited for more than half of the life of its code: it is dropped instead of being sent late. */
    boolean isLate(Instant now) {
        Duration half = Duration.between(challenge.start(), challenge.end()).dividedBy(2);
        return now.isAfter(queuedAt.plus(half)) || challenge.isExpired(now);
    }
}
