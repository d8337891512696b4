package io.github.backupcodes.admin;

import io.github.backupcodes.sms.sender.SmsOutcome;

/**
 * Value object: what became of a test message. More is in the log of the server alone, because a caller who chooses the address of the
 * gateway must not learn what is there.
 *
 * @param outcome {@code accepted}, {@code refused} or {@code unavailable}
 */
public record SmsTestRepresentation(String outcome) {

    /** The representation of an outcome. */
    static SmsTestRepresentation of(SmsOutcome outcome) {
        if (outcome instanceof SmsOutcome.Accepted) {
            return new SmsTestRepresentation("accepted");
        }
        return new SmsTestRepresentation(outcome instanceof SmsOutcome.Refused ? "refused" : "unavailable");
    }
}
