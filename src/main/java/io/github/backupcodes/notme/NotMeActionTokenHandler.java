package io.github.backupcodes.notme;

import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.notification.NotMeActionToken;
import io.github.backupcodes.support.PageResponse;
import io.github.backupcodes.support.SimpleProviderFactory;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.authentication.actiontoken.ActionTokenHandler;
import org.keycloak.authentication.actiontoken.ActionTokenHandlerFactory;
import org.keycloak.authentication.actiontoken.ExplainedTokenVerificationException;
import org.keycloak.common.VerificationException;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.resources.LoginActionsServiceChecks;
import org.keycloak.services.resources.LoginActionsServiceException;
import org.keycloak.services.util.LocaleUtil;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Handles the link "it was not me". Opening it changes nothing, for programs that look through mail open links; the page asks,
 * and only its form acts. Keycloak checks signature and end; it takes links by GET alone, but hands a posted token to its
 * handler at the path of password resets, which the form is therefore sent to.
 *
 * <p>The link holds for the user, whatever the address is by now: a thief changes it first. It lets nobody in, and whoever
 * still reads an address that the user has left can do no more with it than have an administrator look at the account. So it
 * works too where somebody else is signed in, in a family or at a help desk, and leaves that session alone.
 */
public final class NotMeActionTokenHandler
        implements ActionTokenHandler<NotMeActionToken>,
                ActionTokenHandlerFactory<NotMeActionToken>,
                SimpleProviderFactory<ActionTokenHandler<NotMeActionToken>> {

    /** How much longer than the token lives it is remembered as used, as Keycloak does. */
    private static final int CLOCK_SKEW_SECONDS = 60;

    @Override
    public String getId() {
        return NotMeActionToken.TYPE;
    }

    @Override
    public ActionTokenHandler<NotMeActionToken> create(KeycloakSession session) {
        return this;
    }

    @Override
    public Class<NotMeActionToken> getTokenClass() {
        return NotMeActionToken.class;
    }

    @Override
    public EventType eventType() {
        return EventType.EXECUTE_ACTION_TOKEN;
    }

    @Override
    public String getDefaultEventError() {
        return Errors.INVALID_TOKEN;
    }

    @Override
    public String getDefaultErrorMessage() {
        return Messages.EXPIRED_ACTION;
    }

    @Override
    public boolean canUseTokenRepeatedly(NotMeActionToken token, ActionTokenContext<NotMeActionToken> context) {
        return false;
    }

    /** None: the link is not a step of a sign-in that was begun. */
    @Override
    public @Nullable String getAuthenticationSessionIdFromToken(
            NotMeActionToken token,
            ActionTokenContext<NotMeActionToken> context,
            @Nullable AuthenticationSessionModel currentAuthSession) {
        return null;
    }

    /**
     * Answers. What Keycloak would do with the session that it asks for here is to put the user of the link into it, unless
     * somebody else is signed in at the browser; to go on there is what links are for that let a user in. Its other checks are
     * made here.
     *
     * @throws LoginActionsServiceException with the page
     * @throws VerificationException when the link does not hold any more
     */
    @Override
    public AuthenticationSessionModel startFreshAuthenticationSession(
            NotMeActionToken token, ActionTokenContext<NotMeActionToken> context) throws VerificationException {
        AuthenticationSessionModel page = context.createAuthenticationSessionForClient(token.getIssuedFor());
        context.setAuthenticationSession(page, true);
        KeycloakContext request = context.getSession().getContext();
        request.setAuthenticationSession(page);
        page.setAuthenticatedUser(user(token, context));
        LoginActionsServiceChecks.checkIsClientValid(token, context);
        request.setClient(page.getClient());
        LoginActionsServiceChecks.checkTokenWasNotUsedYet(token, context);
        // for the form, and for the links to other languages
        page.setAuthNote(
                Constants.KEY, context.getUriInfo().getQueryParameters().getFirst(Constants.KEY));
        LocaleUtil.processLocaleParam(context.getSession(), context.getRealm(), page);
        throw new LoginActionsServiceException(handleToken(token, context));
    }

    private static UserModel user(NotMeActionToken token, ActionTokenContext<NotMeActionToken> context)
            throws ExplainedTokenVerificationException {
        UserModel user = context.getSession().users().getUserById(context.getRealm(), token.getUserId());
        if (user == null) {
            throw new ExplainedTokenVerificationException(token, Errors.USER_NOT_FOUND, Messages.INVALID_USER);
        }
        if (!user.isEnabled()) {
            throw new ExplainedTokenVerificationException(token, Errors.USER_DISABLED, Messages.ACCOUNT_DISABLED);
        }
        return user;
    }

    @Override
    public Response handleToken(NotMeActionToken token, ActionTokenContext<NotMeActionToken> context) {
        NotMePage page = new NotMePage(context);
        if (!HttpMethod.POST.equals(context.getRequest().getHttpMethod())) {
            return disarmed(page.ask(), context);
        }
        try {
            AccountLockdown.Outcome outcome = new AccountLockdown(token, context).run();
            UsedActionTokens.of(context.getSession())
                    .add(token.serializeKey(), token.getExp() - Instant.now().getEpochSecond() + CLOCK_SKEW_SECONDS);
            Response done = PageResponse.of(() -> page.done(outcome));
            new AuthenticationSessionManager(context.getSession())
                    .removeAuthenticationSession(context.getRealm(), context.getAuthenticationSession(), true);
            return done;
        } catch (CredentialLockedException e) {
            // what was removed before the row that is held: all or nothing (OWASP ASVS 5.0, 2.3.3)
            context.getSession().getTransactionManager().setRollbackOnly();
            return disarmed(page.tryAgain(), context);
        }
    }

    /** No further step may find the user in this session, and go on to a new password without a mail: this link is none for that. */
    private static Response disarmed(Response page, ActionTokenContext<NotMeActionToken> context) {
        context.getAuthenticationSession().setAuthenticatedUser(null);
        return page;
    }

    @Override
    public void close() {}
}
