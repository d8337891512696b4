package io.github.backupcodes.signin;

import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.Attempt;
import io.github.backupcodes.credential.BackupCodes;
import io.github.backupcodes.credential.BackupCodesCredentialModel;
import io.github.backupcodes.credential.BackupCodesCredentialProvider;
import io.github.backupcodes.policy.Policy;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.services.messages.Messages;
import org.keycloak.storage.ReadOnlyException;

/**
 * Asks for a backup code and uses it up.
 *
 * <p>It is no {@code CredentialValidator} on purpose: Keycloak asks validators in the order in which the user set up the
 * credentials (issues 44115, 46915), but others last, so that the real second factor always comes first.
 */
class BackupCodeForm extends AbstractUsernameFormAuthenticator {

    /** The field of the page, which also carries its errors. */
    static final String FIELD = "backupCode";

    private static final String PAGE = "backup-code-input.ftl";

    /**
     * What Keycloak's detector of brute force is told: it hears of failures of a few categories only, and of these
     * {@code otp} alone counts towards the limit of the second factor. Ours counts as an OTP would.
     */
    private static final Set<String> COUNTED_AS = Set.of(OTPCredentialModel.TYPE);

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        context.challenge(page(context, null));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        UserModel user = context.getUser();
        context.getEvent().user(user).detail(Details.CREDENTIAL_TYPE, BackupCodesCredentialModel.TYPE);
        if (!mayGoOn(context, user)) {
            return;
        }
        String typed = context.getHttpRequest().getDecodedFormParameters().getFirst(FIELD);
        Attempt attempt = codes(context.getSession(), user)
                .redeem(
                        typed == null ? "" : typed,
                        context.getConnection().getRemoteHost(),
                        Policy.of(context.getRealm()).guessLimit());
        if (attempt instanceof Attempt.Accepted accepted) {
            succeed(context, accepted);
        } else {
            refuse(context, Failure.of(attempt));
        }
    }

    /** As Keycloak's OTP form: an open page cannot go on while the account is locked or disabled. */
    private boolean mayGoOn(AuthenticationFlowContext context, UserModel user) {
        if (enabledUser(context, user)) {
            context.getAuthenticationSession().removeAuthNote(SESSION_INVALID);
            return true;
        }
        context.getAuthenticationSession().setAuthNote(SESSION_INVALID, "true");
        return false;
    }

    private void succeed(AuthenticationFlowContext context, Attempt.Accepted accepted) {
        UsedCode used = new UsedCode(String.valueOf(accepted.remaining()));
        used.rememberIn(context.getAuthenticationSession());
        used.describe(context.getEvent());
        if (context.getRealm().isBruteForceProtected()) {
            context.getProtector()
                    .successfulLogin(
                            context.getRealm(),
                            context.getUser(),
                            context.getConnection(),
                            context.getUriInfo(),
                            COUNTED_AS);
        }
        if (accepted.remaining() == 0) {
            requireNewCodes(context);
        }
        UsedCode.askWhatNext(context.getRealm(), context.getAuthenticationSession());
        context.success(BackupCodesCredentialModel.TYPE);
    }

    private static void requireNewCodes(AuthenticationFlowContext context) {
        try {
            context.getUser().addRequiredAction(Policy.REQUIRED_ACTION);
        } catch (ReadOnlyException e) {
            // a user of a read-only storage provider: at least for this sign-in
            context.getAuthenticationSession().addRequiredAction(Policy.REQUIRED_ACTION);
        }
    }

    private void refuse(AuthenticationFlowContext context, Failure failure) {
        context.getEvent().detail(Details.REASON, failure.reason()).error(Errors.INVALID_USER_CREDENTIALS);
        Response page = page(context, failure.message());
        if (!failure.counted()) {
            context.forceChallenge(page);
            return;
        }
        if (context.getRealm().isBruteForceProtected()) {
            context.getProtector()
                    .failedLogin(
                            context.getRealm(),
                            context.getUser(),
                            context.getConnection(),
                            context.getUriInfo(),
                            COUNTED_AS);
        }
        context.failureChallenge(AuthenticationFlowError.INVALID_CREDENTIALS, page);
    }

    /** For what the superclass has to say: the account is locked or disabled. */
    @Override
    protected Response challenge(AuthenticationFlowContext context, String error, String field) {
        return page(context, new FormMessage(FIELD, error));
    }

    private static Response page(AuthenticationFlowContext context, @Nullable FormMessage error) {
        CodeFormat format = codes(context.getSession(), context.getUser())
                .show()
                .map(CodeSet::format)
                .orElse(CodeFormat.DEFAULT);
        LoginFormsProvider form = context.form()
                .setExecution(context.getExecution().getId())
                .setAttribute("backupCodeLogin", new BackupCodeLoginBean(format));
        if (error != null) {
            form.addError(error);
        }
        return form.createForm(PAGE);
    }

    @Override
    protected String disabledByBruteForceError(String error) {
        return Errors.USER_TEMPORARILY_DISABLED.equals(error)
                ? Messages.ACCOUNT_TEMPORARILY_DISABLED_TOTP
                : Messages.ACCOUNT_PERMANENTLY_DISABLED_TOTP;
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    /** Whether the user has codes and may be asked for one, see {@link Offer}. */
    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return new Offer(session, realm).appliesTo(user);
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        session.getContext().getAuthenticationSession().addRequiredAction(Policy.REQUIRED_ACTION);
    }

    private static BackupCodes codes(KeycloakSession session, UserModel user) {
        return BackupCodesCredentialProvider.of(session).codes(user);
    }
}
