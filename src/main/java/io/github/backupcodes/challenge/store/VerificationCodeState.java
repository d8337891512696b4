package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.AcceptedChallenges;
import io.github.backupcodes.challenge.Challenge;
import io.github.backupcodes.challenge.VerificationCodeFailures;
import java.time.Instant;

/**
 * Value object: what a credential for codes that are sent stores.
 *
 * @param destination the address or number, whole: nothing else says where the codes go
 * @param failures    the wrong codes
 * @param accepted    the challenges whose codes were accepted lately
 */
public record VerificationCodeState(
        String destination, VerificationCodeFailures failures, AcceptedChallenges accepted) {

    /** The state of a credential that was just set up. */
    public static VerificationCodeState of(String destination) {
        return new VerificationCodeState(destination, VerificationCodeFailures.NONE, AcceptedChallenges.NONE);
    }

    /** A copy with one more wrong code. */
    public VerificationCodeState failed(Instant now) {
        return new VerificationCodeState(destination, failures.plusOne(now), accepted);
    }

    /** A copy after the code of a challenge was accepted. */
    public VerificationCodeState accepted(Challenge challenge, Instant now) {
        return new VerificationCodeState(destination, failures.afterSuccess(), accepted.plus(challenge, now));
    }

    /** A copy for a new destination, after its set-up. The failures go on, halved: changing the address back and forth brings no guesses. */
    public VerificationCodeState setUp(String newDestination) {
        return new VerificationCodeState(newDestination, failures.afterSuccess(), accepted);
    }

    /** Without the destination, which is personal data. */
    @Override
    public String toString() {
        return "VerificationCodeState[%s]".formatted(failures);
    }
}
