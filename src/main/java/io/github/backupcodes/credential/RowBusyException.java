package io.github.backupcodes.credential;

/** Somebody else has held the row for longer than a user should wait. Nothing was read or written. */
public final class RowBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RowBusyException(Throwable cause) {
        super(cause);
    }
}
