package io.github.backupcodes.sms.sender;

import org.jspecify.annotations.Nullable;

/** What became of a text message. */
public sealed interface SmsOutcome {

    /**
     * The gateway has accepted it. Whether the phone gets it is not known.
     *
     * @param reference how the gateway calls it; null if it does not say
     */
    record Accepted(@Nullable String reference) implements SmsOutcome {}

    /**
     * It will not be sent, and another try would be refused too.
     *
     * @param reason why
     */
    record Refused(Reason reason) implements SmsOutcome {}

    /**
     * The gateway could not be reached or did not say what it did.
     *
     * @param mayHaveBeenSent whether the message may reach the phone nevertheless
     */
    record Unavailable(boolean mayHaveBeenSent) implements SmsOutcome {}

    /** Why a message was refused. */
    enum Reason {
        /** There is no such number. */
        INVALID_NUMBER,
        /** The number or its operator takes no messages. */
        BLOCKED,
        /** The sender is not configured for it, or the account at the gateway may not send it. */
        NOT_ALLOWED,
        /** The gateway takes the message for an abuse. */
        RISK
    }
}
