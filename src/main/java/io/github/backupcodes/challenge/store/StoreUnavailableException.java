package io.github.backupcodes.challenge.store;

/** The store of single-use objects does not answer: nothing is counted, granted or deleted, and the user is asked to try again. */
public final class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreUnavailableException() {
        super("The store of single-use objects does not answer");
    }
}
