package io.github.backupcodes.signin;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.BackupCodesCredentialProvider;
import org.keycloak.authentication.AuthenticationFlowContext;

/** What the page for typing a code knows of it. Public, with getters: FreeMarker reads it. */
public final class BackupCodeLoginBean {

    private final CodeFormat format;

    private BackupCodeLoginBean(CodeFormat format) {
        this.format = format;
    }

    /** What there is to know of the codes of the user who is signing in. */
    static BackupCodeLoginBean of(AuthenticationFlowContext context) {
        return new BackupCodeLoginBean(BackupCodesCredentialProvider.of(context.getSession())
                .codes(context.getUser())
                .show()
                .map(CodeSet::format)
                .orElse(CodeFormat.DEFAULT));
    }

    /** How many symbols a code has. */
    public int getLength() {
        return format.length();
    }

    /** Whether the symbols are digits. */
    public boolean isDigits() {
        return format.alphabet() == Alphabet.DIGITS;
    }
}
