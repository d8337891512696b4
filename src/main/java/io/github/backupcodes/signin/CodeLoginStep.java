package io.github.backupcodes.signin;

import io.github.backupcodes.code.CodeInputSummary;
import io.github.backupcodes.code.KeycloakRecoveryCodeFormat;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.credential.verify.SignInChannel;
import io.github.backupcodes.credential.verify.VerificationResult;
import io.github.backupcodes.loginstrength.StrongCredentialUse;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.PageResponse;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.provider.ProviderFactory;

/** The step of a sign-in in which a backup code was entered: verifies it, and completes or fails the step. All forms share it. */
final class CodeLoginStep {

    private final AuthenticationFlowContext context;
    private final SignInChannel channel;

    CodeLoginStep(AuthenticationFlowContext context, SignInChannel channel) {
        this.context = context;
        this.channel = channel;
    }

    /** The user was deleted while the page was open: the sign-in starts again. */
    static void startAgain(AuthenticationFlowContext context) {
        context.getEvent().error(Errors.USER_NOT_FOUND);
        context.resetFlow();
    }

    /** Whether the text has the form of the user's codes. */
    boolean isPossible(String entered) {
        UserBackupCodes codes = codes();
        return codes.formats().anyMatch(format -> format.parse(entered).isWellFormed())
                || (codes.hasKeycloakRecoveryCodes()
                        && KeycloakRecoveryCodeFormat.parse(entered).isWellFormed());
    }

    /**
     * Verifies the code, and completes or fails the step.
     *
     * @param entered the text as it was entered
     * @param page    renders the answer to a refused code
     */
    void handle(String entered, Function<CodeLoginError, Response> page) {
        handle(entered, error -> error, page);
    }

    /** The same for a text that was a wrong OTP: whatever else it is, it counts as an attempt. */
    void handleWrongOtp(String entered, Function<CodeLoginError, Response> page) {
        handle(entered, CodeLoginError::asAttempt, page);
    }

    private void handle(
            String entered, UnaryOperator<CodeLoginError> counting, Function<CodeLoginError, Response> page) {
        VerificationResult result = codes().redeem(
                        entered,
                        channel,
                        context.getConnection().getRemoteHost(),
                        BackupCodesPolicy.of(context.getRealm()).guessLimit());
        if (result instanceof VerificationResult.Refused refused) {
            CodeLoginError error = CodeLoginError.of(
                    refused, CodeInputSummary.of(entered), CodeAvailability.of(codes()), Instant.now());
            refuse(counting.apply(error), page);
        } else {
            VerificationResult.Accepted accepted = (VerificationResult.Accepted) result;
            // the rank of Keycloak's recovery codes is that of their credential
            if (!RecoveryAuthnCodesCredentialModel.TYPE.equals(accepted.credentialType())) {
                StrongCredentialUse.recordCode(context.getAuthenticationSession(), accepted.rank());
            }
            succeed(new UsedCodeNote(accepted.remaining(), accepted.credentialType()));
        }
    }

    /**
     * Completes the step. Without pages nothing more is required of the user, even after the last code: Keycloak issues no tokens to a
     * user with a required action, and the code would be lost. The event says how many codes are left.
     */
    void succeed(UsedCodeNote used) {
        context.getEvent().removeDetail(Details.SELECTED_CREDENTIAL_ID);
        used.describe(context.getEvent());
        switch (channel) {
            case BROWSER -> {
                used.rememberIn(context.getAuthenticationSession());
                if (used.isTemporary()) {
                    InterruptedTemporaryLogin.remember(context.getSession(), context.getAuthenticationSession());
                }
                new PostLoginActions(context).after(used);
            }
            case DIRECT_GRANT -> {}
        }
        context.success(used.typeForKeycloak());
    }

    /** Fails the step. Event and count come before the page, because a page that cannot be rendered must not prevent them. */
    private void refuse(CodeLoginError error, Function<CodeLoginError, Response> page) {
        context.getEvent()
                .user(context.getUser())
                .detail(Details.CREDENTIAL_TYPE, CredentialTypes.BACKUP_CODES)
                .detail(Details.REASON, error.reason())
                .detail(EventDetails.TEMPORARY, error.refused().isTemporary() ? String.valueOf(true) : null)
                .error(Errors.INVALID_USER_CREDENTIALS);
        if (!error.counted()) {
            context.forceChallenge(PageResponse.of(() -> page.apply(error)));
            return;
        }
        if (!isCountedByKeycloak()) {
            BruteForceReporter.failed(context);
        }
        context.failureChallenge(AuthenticationFlowError.INVALID_CREDENTIALS, PageResponse.of(() -> page.apply(error)));
    }

    /** Keycloak reports every failure of an authenticator of the category of OTPs: it must not count twice. */
    private boolean isCountedByKeycloak() {
        ProviderFactory<?> factory = context.getSession()
                .getKeycloakSessionFactory()
                .getProviderFactory(Authenticator.class, context.getExecution().getAuthenticator());
        return factory instanceof AuthenticatorFactory ours
                && OTPCredentialModel.TYPE.equals(ours.getReferenceCategory());
    }

    private UserBackupCodes codes() {
        return UserBackupCodes.of(context.getSession(), context.getUser());
    }
}
