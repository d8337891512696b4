package io.github.backupcodes.notme;

import io.github.backupcodes.notification.NotMeActionToken;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.Constants;
import org.keycloak.services.Urls;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The page that asks whether it really was someone else, and then shows what was done. */
record NotMePage(ActionTokenContext<NotMeActionToken> context) {

    private static final String TEMPLATE = "backup-codes-not-me.ftl";

    Response ask() {
        return form(NotMeBean.asking(confirmation())).createForm(TEMPLATE);
    }

    /** Shown if another transaction held the codes for too long: nothing was done. */
    Response tryAgain() {
        return form(NotMeBean.asking(confirmation()))
                .setError("backupCodesNotMeErrorBusy")
                .createForm(TEMPLATE);
    }

    Response done(AccountLockdown.Outcome outcome) {
        return form(NotMeBean.done(outcome)).createForm(TEMPLATE);
    }

    private LoginFormsProvider form(NotMeBean bean) {
        AuthenticationSessionModel session = context.getAuthenticationSession();
        return context.getSession()
                .getProvider(LoginFormsProvider.class)
                .setAuthenticationSession(session)
                .setUser(session.getAuthenticatedUser())
                .setAttribute("backupCodesNotMe", bean);
    }

    /** The URL with the submitted token, which the handler stores in the authentication session. */
    private URI confirmation() {
        return Urls.loginResetCredentialsBuilder(context.getUriInfo().getBaseUri())
                .queryParam(Constants.KEY, context.getAuthenticationSession().getAuthNote(Constants.KEY))
                .build(context.getRealm().getName());
    }
}
