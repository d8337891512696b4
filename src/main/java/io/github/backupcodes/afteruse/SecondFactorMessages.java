package io.github.backupcodes.afteruse;

import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** The message keys about a second factor on the page after a code was used. */
enum SecondFactorMessages {
    /** An authenticator app. */
    APP(
            "backupCodeUsedNewApp",
            "backupCodeUsedSetUpApp",
            "backupCodeUsedReplacedApp",
            "backupCodeUsedRemoveApp",
            "backupCodeUsedRemoveAppOf"),
    /** A security key. */
    KEY(
            "backupCodeUsedNewKey",
            "backupCodeUsedSetUpKey",
            "backupCodeUsedReplacedKey",
            "backupCodeUsedRemoveKey",
            "backupCodeUsedRemoveKeyOf"),
    /** A second factor of another extension: the argument of the messages is its name. */
    OTHER(
            "backupCodeUsedNewOther",
            "backupCodeUsedSetUpOther",
            "backupCodeUsedReplacedOther",
            "backupCodeUsedRemoveOther",
            "backupCodeUsedRemoveOther");

    private final String setUp;
    private final String done;
    private final String replaced;
    private final String remove;
    private final String removeOf;

    SecondFactorMessages(String setUp, String done, String replaced, String remove, String removeOf) {
        this.setUp = setUp;
        this.done = done;
        this.replaced = replaced;
        this.remove = remove;
        this.removeOf = removeOf;
    }

    static SecondFactorMessages of(String type) {
        return switch (type) {
            case OTPCredentialModel.TYPE -> APP;
            case WebAuthnCredentialModel.TYPE_TWOFACTOR -> KEY;
            default -> OTHER;
        };
    }

    /** The message key of the button that sets up a new one. */
    String setUp() {
        return setUp;
    }

    /** The message key of the line that says that a new one was set up. */
    String done(boolean oldRemoved) {
        return oldRemoved ? replaced : done;
    }

    /** The message key of the checkbox that removes an old one; the argument is its name, or the day it was set up. */
    String remove(boolean named) {
        return named ? remove : removeOf;
    }
}
