package io.github.backupcodes.credential.store;

/**
 * Another transaction has held the row for longer than a user should wait, or a deadlock has ended the transaction. Nothing is
 * written.
 */
public final class CredentialLockedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean endingTransaction;

    CredentialLockedException(Throwable cause, boolean endingTransaction) {
        super(cause);
        this.endingTransaction = endingTransaction;
    }

    /** Requests on this server have taken longer than a user should wait; the transaction goes on. */
    CredentialLockedException() {
        this.endingTransaction = false;
    }

    /** Whether the transaction of the request can only be rolled back, so that nothing else of the request is kept either. */
    public boolean isEndingTransaction() {
        return endingTransaction;
    }
}
