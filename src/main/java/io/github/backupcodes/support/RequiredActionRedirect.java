package io.github.backupcodes.support;

import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * The way to whatever Keycloak has to do next: another required action, or the application. For those who do not end an action
 * by {@link RequiredActionContext#success()}, which would record it as done and take it away from the user.
 */
public final class RequiredActionRedirect {

    private RequiredActionRedirect() {}

    /** A redirect to it, to be given to {@link RequiredActionContext#challenge(Response)}. */
    public static Response from(RequiredActionContext context) {
        return AuthenticationManager.redirectToRequiredActions(
                context.getSession(),
                context.getRealm(),
                context.getAuthenticationSession(),
                context.getUriInfo(),
                null);
    }
}
