package io.github.backupcodes.sms.sender;

import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Decides how often a message is tried: a second time after a second, if the first try cannot have sent anything or the gateway
 * recognizes the message by its id. Otherwise a user could get it, and the operator pay for it, twice.
 */
final class SmsRetry {

    private static final Logger LOG = Logger.getLogger(SmsRetry.class);

    private static final Duration WHOLE = Duration.ofSeconds(8);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** A second try with less time than this would hardly get an answer. */
    private static final Duration LEAST = Duration.ofMillis(500);

    private final Duration whole;
    private final Duration pause;

    SmsRetry() {
        this(WHOLE, PAUSE);
    }

    SmsRetry(Duration whole, Duration pause) {
        this.whole = whole;
        this.pause = pause;
    }

    /** Sends a message, with at most two tries in at most 8 seconds. */
    SmsOutcome send(SmsSender sender, SmsMessage message) {
        Deadline deadline = Deadline.after(whole);
        SmsOutcome first = tryOnce(sender, message, deadline);
        boolean again = first instanceof SmsOutcome.Unavailable unavailable
                && (!unavailable.mayHaveBeenSent() || sender.isIdempotent())
                && deadline.remaining().compareTo(pause.plus(LEAST)) > 0;
        if (!again || !pause()) {
            return first;
        }
        SmsOutcome second = tryOnce(sender, message, deadline);
        boolean mayHaveBeenSent = first.equals(new SmsOutcome.Unavailable(true));
        return mayHaveBeenSent && second instanceof SmsOutcome.Unavailable ? first : second;
    }

    private static SmsOutcome tryOnce(SmsSender sender, SmsMessage message, Deadline deadline) {
        try {
            return sender.send(message, deadline);
        } catch (RuntimeException e) {
            // the message of an exception may quote number or text
            LOG.errorf("The sender of text messages failed: %s", e.getClass().getName());
            return new SmsOutcome.Unavailable(true);
        }
    }

    private boolean pause() {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
