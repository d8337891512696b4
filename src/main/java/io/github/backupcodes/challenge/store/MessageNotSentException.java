package io.github.backupcodes.challenge.store;

/** A message could not be sent. The message of the cause may quote the address, so it is logged by its class alone. */
public final class MessageNotSentException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Takes the failure of the mail server or gateway. */
    public MessageNotSentException(Throwable cause) {
        super(cause);
    }
}
