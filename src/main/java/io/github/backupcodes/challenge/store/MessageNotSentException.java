package io.github.backupcodes.challenge.store;

/** A message could not be sent. The message of the cause may quote the address, so it is logged by its class alone. */
public final class MessageNotSentException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why it was not sent. */
    public enum Reason {
        /** It certainly was not sent; another attempt may succeed. */
        FAILED,
        /** It may have been sent, so it counts for all limits. */
        UNCERTAIN,
        /** It cannot be sent to this destination. */
        REFUSED
    }

    private final Reason reason;

    /** Takes the failure of the mail server or gateway, which has not taken the message. */
    public MessageNotSentException(Throwable cause) {
        super(cause);
        this.reason = Reason.FAILED;
    }

    /** Takes what is known of the failure. */
    public MessageNotSentException(Reason reason) {
        this.reason = reason;
    }

    /** Why it was not sent. */
    public Reason reason() {
        return reason;
    }
}
