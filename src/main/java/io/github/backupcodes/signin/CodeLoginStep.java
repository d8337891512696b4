package io.github.backupcodes.signin;

import io.github.backupcodes.code.KeycloakRecoveryCodeFormat;
import io.github.backupcodes.code.ParsedCode;
import io.github.backupcodes.credential.BackupCodesCredentialProvider;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.credential.verify.VerificationResult;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.PageResponse;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.provider.ProviderFactory;

/** A backup code that somebody signs in with: tries it, and tells everybody concerned what became of it. */
final class CodeLoginStep {

    private final AuthenticationFlowContext context;

    CodeLoginStep(AuthenticationFlowContext context) {
        this.context = context;
    }

    /** The user was deleted while the page was open: the sign-in starts again. */
    static void startAgain(AuthenticationFlowContext context) {
        context.getEvent().error(Errors.USER_NOT_FOUND);
        context.resetFlow();
    }

    /** Whether this has the form of the user's codes. */
    boolean isPossible(String typed) {
        return codes().formats().anyMatch(format -> format.read(typed) instanceof ParsedCode.WellFormed)
                || (codes().hasKeycloakRecoveryCodes()
                        && KeycloakRecoveryCodeFormat.read(typed) instanceof ParsedCode.WellFormed);
    }

    /** Uses the code up if it is good. Counts with the set if it is wrong; the realm hears of it by {@link #refuse}. */
    VerificationResult attempt(String typed) {
        return codes().redeem(
                        typed,
                        context.getConnection().getRemoteHost(),
                        BackupCodesPolicy.of(context.getRealm()).guessLimit());
    }

    /** The same where no page can follow: the code that an administrator has issued is none there. */
    VerificationResult attemptWithoutPages(String typed) {
        return codes().redeemWithoutPages(
                        typed,
                        context.getConnection().getRemoteHost(),
                        BackupCodesPolicy.of(context.getRealm()).guessLimit());
    }

    /** The sign-in goes on. */
    void succeed(VerificationResult.Accepted accepted) {
        UsedCodeNote used = record(accepted);
        used.rememberIn(context.getAuthenticationSession());
        new PostLoginActions(context).after(accepted, used);
        context.success(used.typeForKeycloak());
    }

    /**
     * The sign-in goes on without pages. Nothing is asked of the user here, the last code included: Keycloak gives no tokens
     * to whoever has something left to do, and the code would be lost. The event says how many are left.
     */
    void succeedWithoutPages(VerificationResult.Accepted accepted) {
        context.success(record(accepted).typeForKeycloak());
    }

    private UsedCodeNote record(VerificationResult.Accepted accepted) {
        UsedCodeNote used = new UsedCodeNote(String.valueOf(accepted.remaining()), accepted.credentialType());
        used.describe(context.getEvent());
        return used;
    }

    /**
     * The page comes again, or the answer that a client gets. Event and count come first: a page that cannot be rendered must
     * not keep them from being made.
     */
    void refuse(CodeLoginError error, Supplier<Response> page) {
        context.getEvent()
                .user(context.getUser())
                .detail(Details.CREDENTIAL_TYPE, CredentialTypes.BACKUP_CODES)
                .detail(Details.REASON, error.reason())
                .detail(EventDetails.TEMPORARY, error.temporary() ? String.valueOf(true) : null)
                .error(Errors.INVALID_USER_CREDENTIALS);
        if (!error.counted()) {
            context.forceChallenge(PageResponse.of(page));
            return;
        }
        if (context.getRealm().isBruteForceProtected() && !isCountedByKeycloak()) {
            new BruteForceReporter(context.getProtector(), context.getRealm())
                    .failed(
                            context.getUser(),
                            context.getConnection(),
                            context.getUriInfo(),
                            context.getAuthenticationSession()
                                    .getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME));
        }
        context.failureChallenge(AuthenticationFlowError.INVALID_CREDENTIALS, PageResponse.of(page));
    }

    /** Keycloak reports the category of the authenticator at every failure: it must not count twice. */
    private boolean isCountedByKeycloak() {
        ProviderFactory<?> factory = context.getSession()
                .getKeycloakSessionFactory()
                .getProviderFactory(Authenticator.class, context.getExecution().getAuthenticator());
        return factory instanceof AuthenticatorFactory ours
                && OTPCredentialModel.TYPE.equals(ours.getReferenceCategory());
    }

    private UserBackupCodes codes() {
        return BackupCodesCredentialProvider.of(context.getSession()).codes(context.getUser());
    }
}
