package io.github.backupcodes.signin;

import io.github.backupcodes.challenge.factor.UserVerificationCode;
import io.github.backupcodes.credential.verify.SignInChannel;
import io.github.backupcodes.flow.CodesWithoutSecondFactor;
import io.github.backupcodes.flow.CurrentFlow;
import io.github.backupcodes.support.CredentialTypes;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.authenticators.directgrant.ValidateOTP;
import org.keycloak.common.Version;
import org.keycloak.events.Errors;
import org.keycloak.migration.ModelVersion;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The second factor of a direct grant: the backup code in the form parameter {@code backup_code}, or else, as Keycloak checks
 * it, the OTP in {@code totp}.
 *
 * <p>There is one authenticator for both, because in a direct grant no user can choose: of two alternatives Keycloak takes the first
 * that the user has set up, and its refusal is the answer. Refusals look like those of an OTP, so that they do not show what a user
 * has. No code is sent by e-mail.
 */
public final class DirectGrantBackupCodeAuthenticator extends ValidateOTP {

    /** The id of the authenticator. */
    public static final String ID = CodesWithoutSecondFactor.DIRECT_GRANT;

    /** The form parameter. */
    static final String PARAMETER = "backup_code";

    /** The status with which {@link ValidateOTP} of the current server refuses an OTP. */
    private static final Response.Status REFUSED =
            new ModelVersion(Version.VERSION).lessThan(new ModelVersion(26, 6, 0))
                    ? Response.Status.UNAUTHORIZED
                    : Response.Status.BAD_REQUEST;

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        String entered = context.getHttpRequest().getDecodedFormParameters().getFirst(PARAMETER);
        if (entered != null && !entered.isBlank()) {
            enterCode(context, entered);
        } else if (super.configuredFor(context.getSession(), context.getRealm(), context.getUser())) {
            super.authenticate(context);
        } else {
            // a user with backup codes or codes by e-mail only, and no backup code was sent: like ValidateOTP without
            // an OTP
            context.getEvent().user(context.getUser()).error(Errors.INVALID_USER_CREDENTIALS);
            context.failure(AuthenticationFlowError.INVALID_USER, refusal());
        }
    }

    private void enterCode(AuthenticationFlowContext context, String entered) {
        if (context.getUser().getRequiredActionsStream().findAny().isPresent()) {
            // Keycloak would issue no tokens: the code is not used up, and nothing is counted
            context.getEvent().user(context.getUser()).error(Errors.RESOLVE_REQUIRED_ACTIONS);
            context.forceChallenge(refusal(Response.Status.BAD_REQUEST, "Account is not fully set up"));
            return;
        }
        new CodeLoginStep(context, SignInChannel.DIRECT_GRANT).handle(entered, error -> refusal());
    }

    private Response refusal() {
        return refusal(REFUSED, "Invalid user credentials");
    }

    private Response refusal(Response.Status status, String why) {
        return errorResponse(status.getStatusCode(), OAuthErrorException.INVALID_GRANT, why);
    }

    /**
     * Whether the user has an OTP, or codes that may be requested, see {@link CodeLoginEligibility}; or codes that are sent, which cannot
     * be requested here: without this, the password alone would be enough.
     */
    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return super.configuredFor(session, realm, user)
                || CredentialTypes.SENT_CODES.stream().anyMatch(type -> UserVerificationCode.isSetUp(user, type))
                || new CodeLoginEligibility(session, realm, CurrentFlow.ofDirectGrant(session, realm))
                        .appliesTo(user, SignInChannel.DIRECT_GRANT);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "OTP or Backup Code (Direct Grant)";
    }

    @Override
    public String getHelpText() {
        return "Validates a one-time backup code supplied as a 'backup_code' form parameter in direct grant request, or else"
                + " the one time password supplied as 'totp'. Refuses users whose only second factor is codes by email or text message, unless they"
                + " supply a backup code. Use it instead of 'OTP'.";
    }

    @Override
    public Set<String> getOptionalReferenceCategories(KeycloakSession session) {
        return Set.of(CredentialTypes.BACKUP_CODES);
    }

    @Override
    public boolean isConfigurable() {
        return true;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(CodeLoginEligibility.setting());
    }
}
