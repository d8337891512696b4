package io.github.backupcodes.credential.model;

import org.keycloak.models.ModelException;

/**
 * A stored credential that is no set of codes this version can read: made by hand, or by a later version. Where one is
 * imported, Keycloak answers as it does to any model that cannot be.
 */
public final class UnreadableCodeSetException extends ModelException {

    private static final long serialVersionUID = 1L;

    public UnreadableCodeSetException(String what) {
        super("Cannot read these backup codes (" + what + "). The user has to generate new ones.");
    }
}
