package io.github.backupcodes.loginstrength;

import org.keycloak.authentication.RequiredActionContext;

/** Records in every step of a sign-in what it is worth, whichever of this extension's required actions the realm has enabled. */
public final class LoginRecord {

    private LoginRecord() {}

    /** Called when the triggers of a required action are evaluated; calling it again changes nothing. */
    public static void keep(RequiredActionContext context) {
        LoginStart start = new LoginStart(context);
        start.record();
        start.rejectIfLoggedOut();
        new StrongCredentialUse(context).mark();
        new ActionTokenLogin(context).mark();
        new PasswordOnlyLoginCheck(context).mark();
        CreatedCredentialsNote created = new CreatedCredentialsNote(context);
        created.mark();
        created.followUp();
    }
}
