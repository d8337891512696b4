package io.github.backupcodes.code;

/** The key is missing that a set of codes was hashed with, or that new ones are to be hashed with. */
public final class HashKeyMissingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** For the key of that id, which is no secret. */
    public HashKeyMissingException(String id) {
        super("The backup codes key with the id " + id + " is missing");
    }
}
