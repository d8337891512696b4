package io.github.backupcodes.credential;

/** A stored credential that is no set of codes this version can read: made by hand, or by a later version. */
public final class UnreadableSetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableSetException(String what) {
        super("These backup codes cannot be read (" + what + "). The user has to make new ones.");
    }
}
