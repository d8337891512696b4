package io.github.backupcodes.sms.gateway;

/** A value, usually a secret, cannot stand in a header because of a line end or a character outside ASCII. It is not in the message. */
public final class UnfitValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnfitValueException() {
        super("a value with line ends or characters outside ASCII cannot stand in a header");
    }
}
