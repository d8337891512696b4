package io.github.backupcodes.signin;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.credential.BackupCodesCredentialProvider;
import io.github.backupcodes.credential.UserBackupCodes;
import org.keycloak.authentication.AuthenticationFlowContext;

/** What the page for typing a code knows of it. Public, with getters: FreeMarker reads it. */
public final class BackupCodeLoginBean {

    private final CodeFormat format;
    private final boolean temporary;
    private final boolean severalKinds;

    private BackupCodeLoginBean(CodeFormat format, boolean temporary, boolean severalKinds) {
        this.format = format;
        this.temporary = temporary;
        this.severalKinds = severalKinds;
    }

    /** What there is to know of the codes of the user who is signing in. */
    static BackupCodeLoginBean of(AuthenticationFlowContext context) {
        UserBackupCodes codes =
                BackupCodesCredentialProvider.of(context.getSession()).codes(context.getUser());
        return new BackupCodeLoginBean(
                codes.formats().findFirst().orElse(CodeFormat.DEFAULT),
                codes.temporary().isUnused(),
                codes.hasKeycloakRecoveryCodes() || codes.formats().distinct().count() > 1);
    }

    /** Whether it may be one that an administrator has issued. */
    public boolean isTemporary() {
        return temporary;
    }

    /**
     * How many symbols a code has; 0 when others are taken too: of the help desk in another form, or Keycloak's recovery codes. The script then leaves what is typed
     * as it is: L and 1 are one symbol on a list of ours, and two on a list of Keycloak's.
     */
    public int getLength() {
        return severalKinds ? 0 : format.length();
    }

    /** Whether the symbols are digits. */
    public boolean isDigits() {
        return !severalKinds && format.alphabet() == Alphabet.DIGITS;
    }
}
