package io.github.backupcodes.loginstrength;

import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.services.util.AuthenticationFlowURLHelper;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Makes a user sign in again from the start, as Keycloak does when a sign-in has timed out. What the user and the
 * application wanted is done after that; codes that were shown but not saved are discarded, and an older set remains
 * unchanged.
 */
public final class LoginRestart {

    private LoginRestart() {}

    /**
     * Restarts from a page that was open for too long, or during which another session set up a second factor: the
     * first page says that the sign-in has timed out or, in a session, to sign in again.
     *
     * @param action the id of the required action whose page it was
     * @return a redirect to it, to be passed to {@link RequiredActionContext#challenge(Response)}
     */
    public static Response ofOpenPage(RequiredActionContext context, String action) {
        context.getEvent()
                .clone()
                .event(EventType.CUSTOM_REQUIRED_ACTION)
                .user(context.getUser())
                .detail(Details.CUSTOM_REQUIRED_ACTION, action)
                .error(Errors.SESSION_EXPIRED);
        Response restart = restart(context);
        context.getAuthenticationSession()
                .setAuthNote(LoginActionsService.FORWARDED_ERROR_MESSAGE_NOTE, Messages.LOGIN_TIMEOUT);
        return restart;
    }

    /**
     * Restarts in a session in which an application requests new codes and which is too weak for them, such as a
     * session of an earlier version: the first page says to sign in again, in Keycloak's own words.
     *
     * @return a redirect to it, to be passed to {@link RequiredActionContext#challenge(Response)}
     */
    public static Response ofSession(RequiredActionContext context) {
        return restart(context);
    }

    /**
     * Restarts for a user who was deleted while a page was open.
     *
     * @return a redirect to the first page, to be passed to {@link RequiredActionContext#challenge(Response)}
     */
    static Response ofDeletedUser(RequiredActionContext context) {
        return restart(context);
    }

    private static Response restart(RequiredActionContext context) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        if (AuthenticatorUtil.isSSOAuthentication(signIn)) {
            // otherwise the cookie would bring back the session that is too weak
            signIn.setClientNote(OIDCLoginProtocol.PROMPT_PARAM, OIDCLoginProtocol.PROMPT_VALUE_LOGIN);
        }
        AuthenticationProcessor.resetFlow(signIn, LoginActionsService.AUTHENTICATE_PATH);
        return Response.status(Response.Status.FOUND)
                .location(
                        new AuthenticationFlowURLHelper(context.getSession(), context.getRealm(), context.getUriInfo())
                                .getLastExecutionUrl(signIn))
                .build();
    }
}
