package io.github.backupcodes.signin;

import io.github.backupcodes.code.ParsedCode;
import io.github.backupcodes.credential.verify.VerificationResult;
import io.github.backupcodes.support.PageResponse;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.authenticators.browser.OTPFormAuthenticator;
import org.keycloak.credential.OTPCredentialProvider;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.forms.login.freemarker.model.TotpLoginBean;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.validation.Validation;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's OTP form with a field that takes a backup code too, from users who have some.
 *
 * <p>What an authenticator app can show is an OTP first: it is tried as a backup code only if it is none and has the form of
 * one. Anything else is a backup code or a typing mistake. So no right OTP costs a slow hash or a code, and a wrong input
 * counts once.
 */
final class OtpOrBackupCodeFormAuthenticator extends OTPFormAuthenticator {

    /** The name that Keycloak's own form gives the field: what fills in OTPs knows it. */
    private static final String FIELD = "otp";

    private static final String PAGE = "otp-or-backup-code-input.ftl";

    @Override
    public void action(AuthenticationFlowContext context) {
        if (context.getUser() == null) {
            CodeLoginStep.startAgain(context);
            return;
        }
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        UserOtpCredentials otpCredentials = UserOtpCredentials.of(context);
        context.getEvent().detail(Details.SELECTED_CREDENTIAL_ID, otpCredentials.selected());
        if (!mayGoOn(context)) {
            return;
        }
        boolean codes = takesCodes(context);
        String otp = form.getFirst(FIELD);
        // from what knows the other form only
        String code = codes ? form.getFirst(BackupCodeFormAuthenticator.FIELD) : null;
        if (code != null && (otp == null || otp.isBlank())) {
            enterCode(context, otpCredentials, code);
        } else if (otp == null) {
            context.challenge(challenge(context, null));
        } else {
            enter(context, otpCredentials, otp, codes);
        }
    }

    /** As Keycloak's form: an open page cannot go on while the account is locked or disabled. */
    private boolean mayGoOn(AuthenticationFlowContext context) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        if (enabledUser(context, context.getUser())) {
            signIn.removeAuthNote(SESSION_INVALID);
            return true;
        }
        if (Boolean.parseBoolean(signIn.getAuthNote(SESSION_INVALID))) {
            context.getEvent().user(context.getUser()).error(Errors.INVALID_AUTHENTICATION_SESSION);
        } else {
            signIn.setAuthNote(SESSION_INVALID, "true");
        }
        return false;
    }

    private void enter(
            AuthenticationFlowContext context, UserOtpCredentials otpCredentials, String typed, boolean codes) {
        if (codes && !otpCredentials.couldBeOtp(typed)) {
            enterCode(context, otpCredentials, typed);
            return;
        }
        if (otpCredentials.accepts(typed)) {
            context.success(OTPCredentialModel.TYPE);
            return;
        }
        if (codes && new CodeLoginStep(context).isPossible(typed)) {
            enterWrongOtpAsCode(context, typed);
            return;
        }
        context.getEvent().user(context.getUser()).error(Errors.INVALID_USER_CREDENTIALS);
        context.failureChallenge(
                AuthenticationFlowError.INVALID_CREDENTIALS,
                challenge(context, Messages.INVALID_TOTP, Validation.FIELD_OTP_CODE));
    }

    private void enterCode(AuthenticationFlowContext context, UserOtpCredentials otpCredentials, String typed) {
        context.getEvent().removeDetail(Details.SELECTED_CREDENTIAL_ID);
        CodeLoginStep loginStep = new CodeLoginStep(context);
        VerificationResult result = loginStep.attempt(typed);
        if (result instanceof VerificationResult.Accepted accepted) {
            loginStep.succeed(accepted);
        } else {
            CodeLoginError failure = CodeLoginError.of(result);
            loginStep.refuse(failure, () -> page(context, true, textOf(result, failure, otpCredentials, context)));
        }
    }

    /** Codes of digits may be as long as an OTP. Whatever becomes of it, it was a wrong OTP and counts as one. */
    private void enterWrongOtpAsCode(AuthenticationFlowContext context, String typed) {
        CodeLoginStep loginStep = new CodeLoginStep(context);
        VerificationResult result = loginStep.attempt(typed);
        if (result instanceof VerificationResult.Accepted accepted) {
            context.getEvent().removeDetail(Details.SELECTED_CREDENTIAL_ID);
            loginStep.succeed(accepted);
            return;
        }
        CodeLoginError failure = CodeLoginError.of(result).asAttempt();
        if (result instanceof VerificationResult.AlreadyUsed || result instanceof VerificationResult.Replaced) {
            loginStep.refuse(failure, () -> page(context, true, failure.message()));
        } else if (result instanceof VerificationResult.Wrong) {
            loginStep.refuse(
                    failure,
                    () -> page(
                            context,
                            false,
                            new FormMessage(BackupCodeFormAuthenticator.FIELD, "backupCodeOrOtpErrorWrong")));
        } else {
            FormMessage asOtp = new FormMessage(Validation.FIELD_OTP_CODE, Messages.INVALID_TOTP);
            loginStep.refuse(failure, () -> page(context, false, asOtp, failure.message()));
        }
    }

    /** Whoever has an app may have meant its code. */
    private static FormMessage textOf(
            VerificationResult result,
            CodeLoginError failure,
            UserOtpCredentials otpCredentials,
            AuthenticationFlowContext context) {
        if (otpCredentials.digits() == 0 || !(result instanceof VerificationResult.Mistyped mistyped)) {
            return failure.message();
        }
        int length = BackupCodeLoginBean.of(context).getLength();
        if (length == 0 && mistyped.how() != ParsedCode.Mistyped.EMPTY) {
            return failure.message();
        }
        return switch (mistyped.how()) {
            case EMPTY -> new FormMessage(BackupCodeFormAuthenticator.FIELD, "backupCodeOrOtpErrorEmpty");
            case CHECK_CHARACTER -> failure.message();
            case LENGTH, SYMBOL ->
                new FormMessage(
                        BackupCodeFormAuthenticator.FIELD,
                        "backupCodeOrOtpErrorMistyped",
                        otpCredentials.digits(),
                        length);
        };
    }

    private Response page(AuthenticationFlowContext context, boolean forCode, FormMessage... errors) {
        LoginFormsProvider form =
                describe(context, forCode).setExecution(context.getExecution().getId());
        for (FormMessage error : errors) {
            form.addError(error);
        }
        return createLoginForm(form);
    }

    @Override
    protected Response challenge(AuthenticationFlowContext context, @Nullable String error, @Nullable String field) {
        return PageResponse.of(() -> {
            describe(context, false);
            return super.challenge(context, error, field);
        });
    }

    /** What the page has to know; it shows how to enter a backup code from the start when the last entry was one. */
    private static LoginFormsProvider describe(AuthenticationFlowContext context, boolean forCode) {
        LoginFormsProvider form = context.form()
                .setAttribute(
                        "otpLogin",
                        new TotpLoginBean(
                                context.getSession(),
                                context.getRealm(),
                                context.getUser(),
                                UserOtpCredentials.of(context).selected()));
        return takesCodes(context)
                ? form.setAttribute("backupCodeLogin", BackupCodeLoginBean.of(context))
                        .setAttribute("backupCodeWanted", forCode)
                : form;
    }

    @Override
    protected Response createLoginForm(LoginFormsProvider form) {
        return form.createForm(PAGE);
    }

    private static boolean takesCodes(AuthenticationFlowContext context) {
        return new CodeLoginEligibility(context.getSession(), context.getRealm()).appliesTo(context.getUser());
    }

    /** Whether the user has an OTP, or codes that may be asked for, see {@link CodeLoginEligibility}. */
    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return super.configuredFor(session, realm, user) || new CodeLoginEligibility(session, realm).appliesTo(user);
    }

    /** On the list of ways to sign in it has to speak of backup codes to whoever has some. */
    @Override
    public OTPCredentialProvider getCredentialProvider(KeycloakSession session) {
        return new OtpOrBackupCodeCredentialProvider(session);
    }
}
