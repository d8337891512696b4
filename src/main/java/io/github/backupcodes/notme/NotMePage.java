package io.github.backupcodes.notme;

import io.github.backupcodes.notification.ApplicationName;
import io.github.backupcodes.notification.NotMeActionToken;
import io.github.backupcodes.notification.NotMeDetails;
import io.github.backupcodes.notification.NotificationFacts;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.support.LocalizedDates;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.Urls;

/**
 * The page that shows what happened, asks whether it really was someone else, and then shows what was done.
 *
 * <p>It shows what the mail says, and nothing else of the account: whoever has the link may have it from the mail, or from a log. A
 * link that has expired or was used shows nothing of the account at all.
 */
record NotMePage(NotMeActionToken token, ActionTokenContext<NotMeActionToken> context) {

    /** The button that says it was the user. */
    static final String IT_WAS_ME = "itWasMe";

    private static final String TEMPLATE = "backup-codes-not-me.ftl";

    Response ask() {
        return form(asking()).createForm(TEMPLATE);
    }

    /** Shown if another transaction held the codes for too long: nothing was done. */
    Response tryAgain() {
        return form(asking()).setError("backupCodesNotMeErrorBusy").createForm(TEMPLATE);
    }

    /** Shown to users who say that it was them: nothing is done, and the link still works. */
    Response kept() {
        return form(NotMeBean.kept(dates().dateTime(token.until()))).createForm(TEMPLATE);
    }

    Response done(AccountLockdown.Outcome outcome) {
        return form(NotMeBean.done(outcome, signIn())).createForm(TEMPLATE);
    }

    /** Shown if the link does nothing any more. */
    Response over(NotMeBean.State state) {
        return form(NotMeBean.over(state, signIn()))
                .setStatus(Response.Status.BAD_REQUEST)
                .createForm(TEMPLATE);
    }

    private NotMeBean asking() {
        Optional<NotMeDetails> details = NotMeDetails.find(session(), token.getId());
        String client = details.map(NotMeDetails::client).orElse(null);
        NotificationFacts facts = new NotificationFacts()
                .account(user().getUsername())
                .time(dates().dateTime(token.since()))
                .origin(
                        details.map(NotMeDetails::address).orElse(null),
                        client == null ? null : new ApplicationName(session(), realm(), locale()).of(client));
        return NotMeBean.asking(
                confirmation(), details.map(NotMeDetails::subject).orElse(null), facts.lines());
    }

    private LoginFormsProvider form(NotMeBean bean) {
        return session()
                .getProvider(LoginFormsProvider.class)
                .setAuthenticationSession(context.getAuthenticationSession())
                .setUser(user())
                .setAttribute("backupCodesHelp", BackupCodesPolicy.of(realm()).helpContact())
                .setAttribute("backupCodesNotMe", bean);
    }

    private LocalizedDates dates() {
        return LocalizedDates.of(locale(), user());
    }

    private Locale locale() {
        return session().getContext().resolveLocale(user());
    }

    /** The URL with the submitted token, which the handler stores in the authentication session. */
    private URI confirmation() {
        return Urls.loginResetCredentialsBuilder(context.getUriInfo().getBaseUri())
                .queryParam(Constants.KEY, context.getAuthenticationSession().getAuthNote(Constants.KEY))
                .build(realm().getName());
    }

    /** The security settings in the account console, which asks to sign in first; null if the realm has none. */
    private @Nullable URI signIn() {
        ClientModel console = realm().getClientByClientId(Constants.ACCOUNT_CONSOLE_CLIENT_ID);
        return console == null || !console.isEnabled()
                ? null
                : Urls.accountBase(context.getUriInfo().getBaseUri())
                        .path("account-security/signing-in")
                        .build(realm().getName());
    }

    private UserModel user() {
        return context.getAuthenticationSession().getAuthenticatedUser();
    }

    private KeycloakSession session() {
        return context.getSession();
    }

    private RealmModel realm() {
        return context.getRealm();
    }
}
