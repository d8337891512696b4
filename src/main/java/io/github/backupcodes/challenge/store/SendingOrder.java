package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.ChallengeScope;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Value object: what a code is to be sent for.
 *
 * @param scope    what the challenge is bound to
 * @param accepted the nonce of the challenge that the credential has accepted last; empty for none
 * @param validity how long a code works
 * @param digits   how many digits a code has
 * @param claims   the limits that each message counts for, in the same order everywhere
 * @param first    the limits that only the first message of a challenge counts for, after the others
 */
public record SendingOrder(
        ChallengeScope scope,
        String accepted,
        Duration validity,
        int digits,
        List<SendingClaim> claims,
        List<SendingClaim> first) {

    /** Copies the lists. */
    public SendingOrder {
        claims = List.copyOf(claims);
        first = List.copyOf(first);
    }

    /** All limits of the first message. */
    List<SendingClaim> claimsOfFirst() {
        return Stream.concat(claims.stream(), first.stream()).toList();
    }

    boolean isForSignIn() {
        return scope.purpose() == ChallengePurpose.SIGN_IN;
    }
}
