package io.github.backupcodes.loginstrength;

import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.events.Errors;
import org.keycloak.models.UserModel;
import org.keycloak.services.messages.Messages;

/** Whether the account of a sign-in is still there and enabled when the form of one of our pages comes back. */
public final class AccountStatusCheck {

    private AccountStatusCheck() {}

    /**
     * Ends the action where the account cannot go on: a deleted user comes back to the start of the sign-in, a disabled one to a
     * page that says so.
     *
     * @return whether the action may go on
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
