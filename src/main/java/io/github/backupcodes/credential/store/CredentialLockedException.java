package io.github.backupcodes.credential.store;

/** Someone else has held the row for longer than a user should wait. Nothing was read or written. */
public final class CredentialLockedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CredentialLockedException(Throwable cause) {
        super(cause);
    }
}
