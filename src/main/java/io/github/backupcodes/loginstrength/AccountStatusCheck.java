package io.github.backupcodes.loginstrength;

import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.events.Errors;
import org.keycloak.models.UserModel;
import org.keycloak.services.messages.Messages;

/**
 * Checks whether the account of a sign-in still exists and is enabled when the form of one of our pages is submitted.
 */
public final class AccountStatusCheck {

    private AccountStatusCheck() {}

    /**
     * Ends the action if the account was deleted or disabled: a deleted user is sent back to the start of the sign-in,
     * a disabled user gets an error page.
     *
     * @return whether the action may continue
     */
    public static boolean passes(RequiredActionContext context) {
        UserModel user = context.getUser();
        if (user == null) {
            context.getEvent().error(Errors.USER_NOT_FOUND);
            context.challenge(LoginRestart.ofDeletedUser(context));
            return false;
        }
        if (!user.isEnabled()) {
            context.challenge(
                    context.form().setError(Messages.ACCOUNT_DISABLED).createErrorPage(Response.Status.FORBIDDEN));
            return false;
        }
        return true;
    }
}
