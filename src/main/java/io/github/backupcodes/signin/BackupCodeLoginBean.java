package io.github.backupcodes.signin;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.credential.UserBackupCodes;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;

/** Template data of the page that requests a code. It is public, with getters, because FreeMarker reads it. */
public final class BackupCodeLoginBean {

    private final CodeAvailability codes;

    private BackupCodeLoginBean(CodeAvailability codes) {
        this.codes = codes;
    }

    /** The data for the user who is signing in. */
    static BackupCodeLoginBean of(AuthenticationFlowContext context) {
        return new BackupCodeLoginBean(
                CodeAvailability.of(UserBackupCodes.of(context.getSession(), context.getUser())));
    }

    /** Whether it may be a temporary code. */
    public boolean isTemporary() {
        return codes.temporary();
    }

    /** Whether it can only be a temporary code. */
    public boolean isTemporaryAlone() {
        return codes.temporaryAlone();
    }

    /** The key of the message that says why no code works; null if one does. */
    public @Nullable String getProblem() {
        return codes.problem();
    }

    /**
     * How many symbols a code has; 0 if codes of another form are accepted as well: a temporary code or Keycloak's recovery codes. The
     * script then leaves the input as it is: L and 1 are one symbol of a backup code, and two of a Keycloak recovery code.
     */
    public int getLength() {
        CodeFormat format = codes.format();
        return format == null ? 0 : format.length();
    }

    /** Whether the symbols are digits. */
    public boolean isDigits() {
        CodeFormat format = codes.format();
        return format != null && format.alphabet() == Alphabet.DIGITS;
    }
}
