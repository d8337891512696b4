package io.github.backupcodes.code;

/** Thrown if the key that a set of codes was hashed with, or that new codes are to be hashed with, is missing. */
public final class HashKeyMissingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates it for the key with this id, which is not secret. */
    public HashKeyMissingException(String id) {
        super("Missing hash key for backup codes: " + id);
    }
}
