package io.github.backupcodes.signin;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.models.UserModel;

/** What the forms for codes do alike: none goes on, nor says whether a code was valid, while the account is locked or disabled. */
abstract class CodeFormAuthenticator extends AbstractUsernameFormAuthenticator {

    /** The message while the realm has locked the account. */
    static final String LOCKED = "backupCodeErrorLocked";

    /** Like Keycloak's OTP form, an open page cannot go on while the account is locked or disabled. */
    final boolean mayGoOn(AuthenticationFlowContext context, UserModel user) {
        if (enabledUser(context, user)) {
            context.getAuthenticationSession().removeAuthNote(SESSION_INVALID);
            return true;
        }
        context.getAuthenticationSession().setAuthNote(SESSION_INVALID, "true");
        return false;
    }

    /** The same text for every code: it does not say whether the code was valid. */
    @Override
    protected final String disabledByBruteForceError(String error) {
        return LOCKED;
    }

    @Override
    public final boolean requiresUser() {
        return true;
    }
}
