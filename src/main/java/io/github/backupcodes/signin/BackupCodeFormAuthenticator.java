package io.github.backupcodes.signin;

import io.github.backupcodes.credential.verify.SignInChannel;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.policy.HelpContactAttribute;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.PageResponse;
import io.github.backupcodes.support.RequiredActionAssignment;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Details;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;

/**
 * Authenticator with a page that requests a backup code.
 *
 * <p>On purpose it is not a {@code CredentialValidator}: Keycloak sorts validators in the order in which the user set up the
 * credentials (issues 44115, 46915), and other authenticators after them, so that the real second factor always comes first.
 */
class BackupCodeFormAuthenticator extends CodeFormAuthenticator {

    /** The field of the page, which also carries its errors. */
    static final String FIELD = "backupCode";

    /** The attribute of the page: whether it shows whom to contact below the error. */
    static final String NEEDS_HELP = "backupCodesNeedHelp";

    private static final String PAGE = "backup-code-input.ftl";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        context.challenge(page(context, null, false));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        UserModel user = context.getUser();
        if (user == null) {
            CodeLoginStep.startAgain(context);
            return;
        }
        context.getEvent().user(user).detail(Details.CREDENTIAL_TYPE, CredentialTypes.BACKUP_CODES);
        if (!mayGoOn(context, user)) {
            return;
        }
        String entered = context.getHttpRequest().getDecodedFormParameters().getFirst(FIELD);
        new CodeLoginStep(context, SignInChannel.BROWSER)
                .handle(entered == null ? "" : entered, error -> page(context, error.message(), error.needsHelp()));
    }

    /** Shows the errors of the superclass: the account is locked or disabled. */
    @Override
    protected Response challenge(AuthenticationFlowContext context, String error, String field) {
        return PageResponse.of(() -> page(context, new FormMessage(FIELD, error), LOCKED.equals(error)));
    }

    private static Response page(AuthenticationFlowContext context, @Nullable FormMessage error, boolean needsHelp) {
        LoginFormsProvider form = context.form()
                .setExecution(context.getExecution().getId())
                .setAttribute("backupCodeLogin", BackupCodeLoginBean.of(context))
                .setAttribute(NEEDS_HELP, needsHelp);
        HelpContactAttribute.addTo(form, context.getRealm());
        if (error != null) {
            form.addError(error);
        }
        return form.createForm(PAGE);
    }

    /** Whether the form applies to the user, see {@link CodeLoginEligibility}. */
    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return new CodeLoginEligibility(session, realm).appliesTo(user, SignInChannel.BROWSER);
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        new RequiredActionAssignment(
                        BackupCodesPolicy.REQUIRED_ACTION,
                        realm,
                        user,
                        session.getContext().getAuthenticationSession())
                .addToSignIn();
    }
}
