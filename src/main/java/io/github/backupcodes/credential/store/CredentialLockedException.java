package io.github.backupcodes.credential.store;

/**
 * Another transaction has held the row for longer than a user should wait, a deadlock has ended the transaction, or another attempt at a
 * code may have to be counted again. Nothing is written.
 */
public final class CredentialLockedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean endingTransaction;

    CredentialLockedException(Throwable cause, boolean endingTransaction) {
        super(cause);
        this.endingTransaction = endingTransaction;
    }

    /** Another attempt of the user is not settled; the transaction goes on. */
    CredentialLockedException() {
        this.endingTransaction = false;
    }

    /** Whether the transaction of the request can only be rolled back, so that nothing else of the request is kept either. */
    public boolean isEndingTransaction() {
        return endingTransaction;
    }
}
