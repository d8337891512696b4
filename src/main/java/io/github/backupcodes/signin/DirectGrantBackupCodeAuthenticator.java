package io.github.backupcodes.signin;

import io.github.backupcodes.credential.verify.VerificationResult;
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
 * <p>One authenticator for both, for a direct grant has no user who could choose: of two alternatives Keycloak takes the
 * first that the user has set up, and its refusal is the answer. Refusals look as those of an OTP, so that nobody learns from
 * them what a user has.
 */
public final class DirectGrantBackupCodeAuthenticator extends ValidateOTP {

    /** The id of the authenticator. */
    public static final String ID = CodesWithoutSecondFactor.DIRECT_GRANT;

    /** The form parameter. */
    static final String PARAMETER = "backup_code";

    /** As {@link ValidateOTP} of the server at hand refuses an OTP. */
    private static final Response.Status REFUSED =
            new ModelVersion(Version.VERSION).lessThan(new ModelVersion(26, 6, 0))
                    ? Response.Status.UNAUTHORIZED
                    : Response.Status.BAD_REQUEST;

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        String typed = context.getHttpRequest().getDecodedFormParameters().getFirst(PARAMETER);
        if (typed != null && !typed.isBlank()) {
            enterCode(context, typed);
        } else if (super.configuredFor(context.getSession(), context.getRealm(), context.getUser())) {
            super.authenticate(context);
        } else {
            // with codes alone, and none sent: as ValidateOTP without an OTP
            context.getEvent().user(context.getUser()).error(Errors.INVALID_USER_CREDENTIALS);
            context.failure(AuthenticationFlowError.INVALID_USER, refusal());
        }
    }

    private void enterCode(AuthenticationFlowContext context, String typed) {
        if (context.getUser().getRequiredActionsStream().findAny().isPresent()) {
            // Keycloak would give no tokens: the code is not used up, and nothing is counted
            context.getEvent().user(context.getUser()).error(Errors.RESOLVE_REQUIRED_ACTIONS);
            context.forceChallenge(refusal(Response.Status.BAD_REQUEST, "Account is not fully set up"));
            return;
        }
        CodeLoginStep loginStep = new CodeLoginStep(context);
        VerificationResult result = loginStep.attemptWithoutPages(typed);
        if (result instanceof VerificationResult.Accepted accepted) {
            loginStep.succeedWithoutPages(accepted);
        } else {
            loginStep.refuse(CodeLoginError.of(result), this::refusal);
        }
    }

    private Response refusal() {
        return refusal(REFUSED, "Invalid user credentials");
    }

    private Response refusal(Response.Status status, String why) {
        return errorResponse(status.getStatusCode(), OAuthErrorException.INVALID_GRANT, why);
    }

    /** Whether the user has an OTP, or codes that may be asked for, see {@link CodeLoginEligibility}. */
    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return super.configuredFor(session, realm, user)
                || new CodeLoginEligibility(session, realm, CurrentFlow.ofDirectGrant(session, realm))
                        .appliesWithoutPages(user);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "OTP or Backup Code";
    }

    @Override
    public String getHelpText() {
        return "Validates a one-time backup code supplied as a 'backup_code' form parameter in direct grant request, or else"
                + " the one time password supplied as 'totp'. Place it instead of 'OTP'.";
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
