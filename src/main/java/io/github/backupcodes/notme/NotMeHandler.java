package io.github.backupcodes.notme;

import io.github.backupcodes.credential.RowBusyException;
import io.github.backupcodes.notification.NotMeToken;
import io.github.backupcodes.support.PageResponse;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.keycloak.authentication.actiontoken.AbstractActionTokenHandler;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.services.messages.Messages;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Handles the link "it was not me". Opening it changes nothing, for programs that look through mail open links; the page asks,
 * and only its form acts. Keycloak checks signature, end, user and single use; it takes links by GET alone, but hands a
 * posted token to its handler at the path of password resets, which the form is therefore sent to.
 *
 * <p>The link holds for the user, whatever the address is by now: a thief changes it first. It lets nobody in, and whoever
 * still reads an address that the user has left can do no more with it than have an administrator look at the account.
 */
public final class NotMeHandler extends AbstractActionTokenHandler<NotMeToken> {

    /** How much longer than the token lives it is remembered as used, as Keycloak does. */
    private static final int CLOCK_SKEW_SECONDS = 60;

    /** Made once for the server. */
    public NotMeHandler() {
        super(
                NotMeToken.TYPE,
                NotMeToken.class,
                Messages.EXPIRED_ACTION,
                EventType.EXECUTE_ACTION_TOKEN,
                Errors.INVALID_TOKEN);
    }

    @Override
    public boolean canUseTokenRepeatedly(NotMeToken token, ActionTokenContext<NotMeToken> context) {
        return false;
    }

    @Override
    public Response handleToken(NotMeToken token, ActionTokenContext<NotMeToken> context) {
        NotMePage page = new NotMePage(context);
        if (!HttpMethod.POST.equals(context.getRequest().getHttpMethod())) {
            return disarmed(page.ask(), context);
        }
        try {
            Lockdown.Outcome outcome = new Lockdown(token, context).run();
            UsedLinks.of(context.getSession())
                    .add(token.serializeKey(), token.getExp() - Instant.now().getEpochSecond() + CLOCK_SKEW_SECONDS);
            Response done = PageResponse.of(() -> page.done(outcome));
            new AuthenticationSessionManager(context.getSession())
                    .removeAuthenticationSession(context.getRealm(), context.getAuthenticationSession(), true);
            return done;
        } catch (RowBusyException e) {
            // what was removed before the row that is held: all or nothing (OWASP ASVS 5.0, 2.3.3)
            context.getSession().getTransactionManager().setRollbackOnly();
            return disarmed(page.tryAgain(), context);
        }
    }

    /**
     * Keycloak has put the user into the sign-in, and would let its next step set a new password without a mail: this link is
     * none for that.
     */
    private static Response disarmed(Response page, ActionTokenContext<NotMeToken> context) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        signIn.removeAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID);
        signIn.setAuthenticatedUser(null);
        return page;
    }
}
