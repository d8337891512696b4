package io.github.backupcodes.support;

import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * Creates the redirect to Keycloak's next step: another required action, or the application. For actions that do not
 * end by {@link RequiredActionContext#success()}, which would record the action as done and remove it from the user.
 */
public final class RequiredActionRedirect {

    private RequiredActionRedirect() {}

    /** The redirect, to be passed to {@link RequiredActionContext#challenge(Response)}. */
    public static Response from(RequiredActionContext context) {
        return AuthenticationManager.redirectToRequiredActions(
                context.getSession(),
                context.getRealm(),
                context.getAuthenticationSession(),
                context.getUriInfo(),
                null);
    }
}
