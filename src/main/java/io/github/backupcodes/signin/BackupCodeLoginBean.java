package io.github.backupcodes.signin;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.credential.UserBackupCodes;
import org.keycloak.authentication.AuthenticationFlowContext;

/** Template data of the page that requests a code. It is public, with getters, because FreeMarker reads it. */
public final class BackupCodeLoginBean {

    private final CodeFormat format;
    private final boolean temporary;
    private final boolean severalKinds;

    private BackupCodeLoginBean(CodeFormat format, boolean temporary, boolean severalKinds) {
        this.format = format;
        this.temporary = temporary;
        this.severalKinds = severalKinds;
    }

    /** The data for the user who is signing in. */
    static BackupCodeLoginBean of(AuthenticationFlowContext context) {
        UserBackupCodes codes = UserBackupCodes.of(context.getSession(), context.getUser());
        return new BackupCodeLoginBean(
                codes.formats().findFirst().orElse(CodeFormat.DEFAULT),
                codes.temporary().isUnused(),
                codes.hasKeycloakRecoveryCodes() || codes.formats().distinct().count() > 1);
    }

    /** Whether it may be a temporary code. */
    public boolean isTemporary() {
        return temporary;
    }

    /**
     * How many symbols a code has; 0 if codes of another form are accepted as well: a temporary code or Keycloak's recovery codes. The
     * script then leaves the input as it is: L and 1 are one symbol of a backup code, and two of a Keycloak recovery code.
     */
    public int getLength() {
        return severalKinds ? 0 : format.length();
    }

    /** Whether the symbols are digits. */
    public boolean isDigits() {
        return !severalKinds && format.alphabet() == Alphabet.DIGITS;
    }
}
