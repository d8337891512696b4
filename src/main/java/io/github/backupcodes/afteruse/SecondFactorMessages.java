package io.github.backupcodes.afteruse;

import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** The message keys with which the page after the use of a code speaks of a second factor. */
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
    /** What another extension brings: the texts have its name for an argument. */
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

    /** Of the button that sets a new one up. */
    String setUp() {
        return setUp;
    }

    /** Of the line that says that there is a new one. */
    String done(boolean oldRemoved) {
        return oldRemoved ? replaced : done;
    }

    /** Of the box that removes an old one; the argument is its name, or the day it was set up. */
    String remove(boolean named) {
        return named ? remove : removeOf;
    }
}
