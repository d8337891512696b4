package io.github.backupcodes.signin;

import io.github.backupcodes.challenge.factor.UserVerificationCode;
import io.github.backupcodes.challenge.factor.VerificationCodeProblem;
import io.github.backupcodes.challenge.form.VerificationCodeBean;
import io.github.backupcodes.challenge.form.VerificationCodeError;
import io.github.backupcodes.challenge.store.ChallengeResult;
import io.github.backupcodes.challenge.store.ChallengeResult.Outcome;
import io.github.backupcodes.challenge.store.ChallengeState;
import io.github.backupcodes.notification.Notification;
import io.github.backupcodes.notification.NotificationProvider;
import io.github.backupcodes.policy.HelpContactAttribute;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.LocalizedDates;
import io.github.backupcodes.support.PageResponse;
import io.github.backupcodes.support.RequiredActionAssignment;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Authenticator that sends a code and asks for it.
 *
 * <p>It applies to every user who has set up the factor, whatever state that is in: Keycloak skips a conditional sub-flow in which
 * nothing applies, and then the password alone would sign in. On purpose it is not a {@code CredentialValidator}, see {@link
 * BackupCodeFormAuthenticator}.
 */
class VerificationCodeFormAuthenticator extends CodeFormAuthenticator {

    /** The button that sends a code again. */
    private static final String RESEND = "resend";

    private static final Set<String> WITH_BACKUP_CODES =
            Set.of(BackupCodeFormAuthenticatorFactory.ID, OtpOrBackupCodeFormAuthenticatorFactory.ID);

    private static final String PAGE = "verification-code-input.ftl";

    private final String type;

    /**
     * Takes the factor.
     *
     * @param type of its credential
     */
    VerificationCodeFormAuthenticator(String type) {
        this.type = type;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        UserVerificationCode codes = codes(context);
        Optional<VerificationCodeProblem> problem = codes.problem();
        if (problem.isPresent()) {
            context.challenge(page(context, useless(context, codes, problem.get()), null));
            return;
        }
        ChallengeState state = codes.open(context.getAuthenticationSession());
        context.challenge(opened(context, codes, state));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        UserModel user = context.getUser();
        if (user == null) {
            CodeLoginStep.startAgain(context);
            return;
        }
        context.getEvent().user(user).detail(Details.CREDENTIAL_TYPE, type);
        if (!mayGoOn(context, user)) {
            return;
        }
        if (!UserVerificationCode.isSetUp(user, type)) {
            // removed while the page was open: the flow finds out again what it asks for
            context.getEvent().error(Errors.INVALID_USER_CREDENTIALS);
            context.resetFlow();
            return;
        }
        UserVerificationCode codes = codes(context);
        Optional<VerificationCodeProblem> problem = codes.problem();
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (problem.isPresent()) {
            refuseUnchecked(
                    context,
                    codes.factor().channel() + '_' + problem.get().name().toLowerCase(Locale.ROOT),
                    () -> page(context, useless(context, codes, problem.get()), null));
        } else if (form.containsKey(RESEND)) {
            context.challenge(opened(context, codes, codes.again(context.getAuthenticationSession())));
        } else {
            String entered = form.getFirst(codes.factor().field());
            enter(context, codes, entered == null ? "" : entered);
        }
    }

    private void enter(AuthenticationFlowContext context, UserVerificationCode codes, String entered) {
        ChallengeResult result = codes.verify(entered, context.getAuthenticationSession());
        if (result.outcome() == Outcome.ACCEPTED) {
            context.success(type);
            return;
        }
        report(context, result);
        FormMessage error = VerificationCodeError.of(
                codes.factor().field(), result.outcome(), codes.policy().digits(), entered.isBlank());
        // with the state of the row, which this code may have paused
        Supplier<Response> page = () -> codes.problem()
                .map(problem -> page(context, useless(context, codes, problem), null))
                .orElseGet(
                        () -> page(context, of(context, codes, codes.show(context.getAuthenticationSession())), error));
        if (result.outcome().isCounted()) {
            refuse(context, result.outcome().id(), page);
        } else {
            refuseUnchecked(context, result.outcome().id(), page);
        }
    }

    private void report(AuthenticationFlowContext context, ChallengeResult result) {
        NotificationProvider notifications = NotificationProvider.of(context.getSession());
        if (result.disabled()) {
            notifications.notify(context.getUser(), new Notification.VerificationCodeDisabled(type));
        } else if (result.outcome().isCounted() && result.pausedUntil() != null) {
            notifications.notify(context.getUser(), new Notification.VerificationCodePaused(type));
        }
    }

    /** An attempt: event and count come before the page, because a page that cannot be rendered must not prevent them. */
    private static void refuse(AuthenticationFlowContext context, String reason, Supplier<Response> page) {
        error(context, reason);
        BruteForceReporter.failed(context);
        context.failureChallenge(AuthenticationFlowError.INVALID_CREDENTIALS, PageResponse.of(page));
    }

    /** No attempt: nothing was compared. */
    private static void refuseUnchecked(AuthenticationFlowContext context, String reason, Supplier<Response> page) {
        error(context, reason);
        context.forceChallenge(PageResponse.of(page));
    }

    private static void error(AuthenticationFlowContext context, String reason) {
        context.getEvent().detail(Details.REASON, reason).error(Errors.INVALID_USER_CREDENTIALS);
    }

    /** The page after a request that may have sent a message. */
    private Response opened(AuthenticationFlowContext context, UserVerificationCode codes, ChallengeState state) {
        if (state.unused()) {
            NotificationProvider.of(context.getSession())
                    .notify(context.getUser(), new Notification.VerificationCodesUnused(type));
        }
        codes.count(state);
        return page(context, of(context, codes, state), null);
    }

    private VerificationCodeBean of(
            AuthenticationFlowContext context, UserVerificationCode codes, ChallengeState state) {
        return VerificationCodeBean.of(codes.texts(), state, Instant.now()).withBackupCodes(backupExecution(context));
    }

    private VerificationCodeBean useless(
            AuthenticationFlowContext context, UserVerificationCode codes, VerificationCodeProblem problem) {
        String value = codes.pausedUntil()
                .map(until -> LocalizedDates.of(
                                context.getSession().getContext().resolveLocale(context.getUser()), context.getUser())
                        .shortDateTime(until))
                .orElse("");
        return VerificationCodeBean.useless(codes.texts(), codes.factor().messageKey(problem), value, Instant.now())
                .withBackupCodes(backupExecution(context));
    }

    /** The form for backup codes, if the user can choose it: users who have lost access find it without a list. */
    private static @Nullable String backupExecution(AuthenticationFlowContext context) {
        return context.getAuthenticationSelections().stream()
                .filter(option -> WITH_BACKUP_CODES.contains(
                        option.getAuthenticationExecution().getAuthenticator()))
                .map(option -> option.getAuthExecId())
                .findFirst()
                .orElse(null);
    }

    private static Response page(
            AuthenticationFlowContext context, VerificationCodeBean bean, @Nullable FormMessage error) {
        LoginFormsProvider form =
                context.form().setExecution(context.getExecution().getId()).setAttribute("verificationCode", bean);
        HelpContactAttribute.addTo(form, context.getRealm());
        if (error != null) {
            form.addError(error);
        }
        return form.createForm(PAGE);
    }

    /** Shows the errors of the superclass: the account is locked or disabled. */
    @Override
    protected Response challenge(AuthenticationFlowContext context, String error, String field) {
        UserVerificationCode codes = codes(context);
        return PageResponse.of(() -> page(
                context,
                VerificationCodeBean.useless(codes.texts(), error, "", Instant.now())
                        .withBackupCodes(backupExecution(context)),
                null));
    }

    private UserVerificationCode codes(AuthenticationFlowContext context) {
        return UserVerificationCode.of(context.getSession(), context.getUser(), type);
    }

    /**
     * Whether the user has set up the factor, except codes by e-mail when a password is reset: users who reset it by the mailbox must not
     * prove the mailbox again instead of a second factor.
     */
    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
        boolean reset = CredentialTypes.EMAIL_CODE.equals(type)
                && signIn != null
                && LoginActionsService.RESET_CREDENTIALS_PATH.equals(
                        signIn.getAuthNote(AuthenticationProcessor.CURRENT_FLOW_PATH));
        return !reset && UserVerificationCode.isSetUp(user, type);
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        new RequiredActionAssignment(
                        UserVerificationCode.of(session, user, type).factor().requiredAction(),
                        realm,
                        user,
                        session.getContext().getAuthenticationSession())
                .addToSignIn();
    }
}
