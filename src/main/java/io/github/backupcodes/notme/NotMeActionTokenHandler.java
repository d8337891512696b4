package io.github.backupcodes.notme;

import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.notification.NotMeActionToken;
import io.github.backupcodes.support.PageResponse;
import io.github.backupcodes.support.SimpleProviderFactory;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.authentication.actiontoken.ActionTokenHandler;
import org.keycloak.authentication.actiontoken.ActionTokenHandlerFactory;
import org.keycloak.authentication.actiontoken.ExplainedTokenVerificationException;
import org.keycloak.common.VerificationException;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.SystemClientUtil;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.resources.LoginActionsServiceChecks;
import org.keycloak.services.resources.LoginActionsServiceException;
import org.keycloak.services.util.LocaleUtil;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/**
 * Handles the link "it was not me". Opening it changes nothing, because programs that scan mail open links; the page
 * asks, and only its form acts. Keycloak checks the signature, and the expiry of the token, which is later than that of
 * the link; it accepts links by GET only, but passes a posted token to its handler at the path of password resets, to
 * which the form is therefore submitted.
 *
 * <p>The link is valid for the user even if the address has changed, because a thief changes it first. It signs no one
 * in, and someone who still reads a former address of the user can only cause an administrator to check the account. So
 * the link also works if another user is signed in, in a family or at a help desk, and does not affect that session.
 */
public final class NotMeActionTokenHandler
        implements ActionTokenHandler<NotMeActionToken>,
                ActionTokenHandlerFactory<NotMeActionToken>,
                SimpleProviderFactory<ActionTokenHandler<NotMeActionToken>> {

    /** How much longer than its lifespan the token is remembered as used, as Keycloak does. */
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

    /** Null, because the link is not a step of a sign-in in progress. */
    @Override
    public @Nullable String getAuthenticationSessionIdFromToken(
            NotMeActionToken token,
            ActionTokenContext<NotMeActionToken> context,
            @Nullable AuthenticationSessionModel currentAuthSession) {
        return null;
    }

    /**
     * Handles the request here. Keycloak would add the user of the link to the session that it requests here, unless
     * another user is signed in in the browser; continuing there is meant for links that sign a user in. Keycloak's
     * other checks are made here.
     *
     * @throws LoginActionsServiceException with the page
     * @throws VerificationException if the link is not valid any more
     */
    @Override
    public AuthenticationSessionModel startFreshAuthenticationSession(
            NotMeActionToken token, ActionTokenContext<NotMeActionToken> context) throws VerificationException {
        AuthenticationSessionModel page = newTab(token, context);
        context.setAuthenticationSession(page, true);
        KeycloakContext request = context.getSession().getContext();
        request.setAuthenticationSession(page);
        page.setAuthenticatedUser(user(token, context));
        LoginActionsServiceChecks.checkIsClientValid(token, context);
        request.setClient(page.getClient());
        // for the form, and for the links to other languages
        page.setAuthNote(
                Constants.KEY, context.getUriInfo().getQueryParameters().getFirst(Constants.KEY));
        LocaleUtil.processLocaleParam(context.getSession(), context.getRealm(), page);
        throw new LoginActionsServiceException(handleToken(token, context));
    }

    /**
     * Begins a tab of the session that the browser has. Keycloak would begin a new session and set its cookie, and end what the browser's
     * other tabs do: the mail comes while the page after a used code is open, and that code would be lost.
     */
    private static AuthenticationSessionModel newTab(
            NotMeActionToken token, ActionTokenContext<NotMeActionToken> context) {
        RealmModel realm = context.getRealm();
        RootAuthenticationSessionModel browser =
                new AuthenticationSessionManager(context.getSession()).getCurrentRootAuthenticationSession(realm);
        String issuedFor = token.getIssuedFor();
        ClientModel client =
                issuedFor == null ? SystemClientUtil.getSystemClient(realm) : realm.getClientByClientId(issuedFor);
        if (browser == null || client == null) {
            return context.createAuthenticationSessionForClient(issuedFor);
        }
        // as ActionTokenContext.createAuthenticationSessionForClient
        AuthenticationSessionModel tab = browser.createAuthenticationSession(client);
        String account = Urls.accountBase(context.getUriInfo().getBaseUri())
                .path("/")
                .build(realm.getName())
                .toString();
        tab.setAction(AuthenticationSessionModel.Action.AUTHENTICATE.name());
        tab.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        tab.setRedirectUri(account);
        tab.setClientNote(OIDCLoginProtocol.REDIRECT_URI_PARAM, account);
        tab.setClientNote(OIDCLoginProtocol.RESPONSE_TYPE_PARAM, OAuth2Constants.CODE);
        tab.setClientNote(
                OIDCLoginProtocol.ISSUER, Urls.realmIssuer(context.getUriInfo().getBaseUri(), realm.getName()));
        return tab;
    }

    private static UserModel user(NotMeActionToken token, ActionTokenContext<NotMeActionToken> context)
            throws ExplainedTokenVerificationException {
        UserModel user = context.getSession().users().getUserById(context.getRealm(), token.getUserId());
        if (user == null) {
            throw new ExplainedTokenVerificationException(token, Errors.USER_NOT_FOUND, Messages.INVALID_USER);
        }
        return user;
    }

    @Override
    public Response handleToken(NotMeActionToken token, ActionTokenContext<NotMeActionToken> context) {
        NotMePage page = new NotMePage(token, context);
        Optional<NotMeBean.State> over = over(token, context);
        if (over.isPresent()) {
            context.getEvent().error(over.get() == NotMeBean.State.LOCKED ? Errors.USER_DISABLED : Errors.EXPIRED_CODE);
            return withoutUser(page.over(over.get()), context);
        }
        if (!HttpMethod.POST.equals(context.getRequest().getHttpMethod())) {
            return withoutUser(page.ask(), context);
        }
        if (context.getRequest().getDecodedFormParameters().containsKey(NotMePage.IT_WAS_ME)) {
            return withoutUser(page.kept(), context);
        }
        try {
            AccountLockdown.Outcome outcome = new AccountLockdown(token, context).run();
            UsedActionTokens.of(context.getSession())
                    .add(
                            token.serializeKey(),
                            Instant.now().until(token.until(), ChronoUnit.SECONDS) + CLOCK_SKEW_SECONDS);
            Response done = PageResponse.of(() -> page.done(outcome));
            new AuthenticationSessionManager(context.getSession())
                    .removeAuthenticationSession(context.getRealm(), context.getAuthenticationSession(), true);
            return done;
        } catch (CredentialLockedException e) {
            // also what was removed before the locked row: all or nothing (OWASP ASVS 5.0, 2.3.3)
            context.getSession().getTransactionManager().setRollbackOnly();
            return withoutUser(page.tryAgain(), context);
        }
    }

    /** Why the link does nothing any more; empty if it works. */
    private static Optional<NotMeBean.State> over(
            NotMeActionToken token, ActionTokenContext<NotMeActionToken> context) {
        if (!Instant.now().isBefore(token.until())) {
            return Optional.of(NotMeBean.State.EXPIRED);
        }
        // also if this link has locked it: then signing in is no use
        if (!context.getAuthenticationSession().getAuthenticatedUser().isEnabled()) {
            return Optional.of(NotMeBean.State.LOCKED);
        }
        try {
            LoginActionsServiceChecks.checkTokenWasNotUsedYet(token, context);
            return Optional.empty();
        } catch (VerificationException used) {
            return Optional.of(NotMeBean.State.USED);
        }
    }

    /**
     * Removes the user from the session, so that no further step can continue to a new password without a mail: this
     * link must not allow that.
     */
    private static Response withoutUser(Response page, ActionTokenContext<NotMeActionToken> context) {
        context.getAuthenticationSession().setAuthenticatedUser(null);
        return page;
    }

    @Override
    public void close() {}
}
