package io.github.backupcodes.credential.model;

import org.keycloak.models.ModelException;

/**
 * Thrown if a stored credential is not a backup code set that this version can read: it was edited by hand, or written
 * by a later version. On import Keycloak responds as it does to any invalid model.
 */
public final class UnreadableCodeSetException extends ModelException {

    private static final long serialVersionUID = 1L;

    /** Creates it with the reason, which must not contain stored data. */
    public UnreadableCodeSetException(String reason) {
        super("Cannot read these backup codes (" + reason + "). The user must generate new ones.");
    }
}
