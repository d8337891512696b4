package io.github.backupcodes.signin;

import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeInputSummary;
import io.github.backupcodes.code.ParsedCode;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.credential.verify.SignInChannel;
import io.github.backupcodes.policy.HelpContactAttribute;
import io.github.backupcodes.support.PageResponse;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Set;
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
 * Keycloak's OTP form with a field that takes a backup code as well, from users who have some.
 *
 * <p>Input that an authenticator app can show is an OTP first. It is verified as a backup code only if it is an invalid OTP and has
 * the form of a backup code. Any other input is a backup code or a typing mistake. So a valid OTP never costs a slow hash or a code,
 * and an invalid input counts once.
 */
final class OtpOrBackupCodeFormAuthenticator extends OTPFormAuthenticator {

    /** The name of the field in Keycloak's own form, which password managers know. */
    private static final String FIELD = "otp";

    /** Keycloak's messages while the realm has locked the account; both say that the OTP is invalid. */
    private static final Set<String> LOCKED =
            Set.of(Messages.ACCOUNT_TEMPORARILY_DISABLED_TOTP, Messages.ACCOUNT_PERMANENTLY_DISABLED_TOTP);

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
        // from clients that know the other form only
        String code = codes ? form.getFirst(BackupCodeFormAuthenticator.FIELD) : null;
        if (code != null && (otp == null || otp.isBlank())) {
            enterCode(context, otpCredentials, code);
        } else if (otp == null) {
            context.challenge(challenge(context, null));
        } else {
            enter(context, otpCredentials, otp, codes);
        }
    }

    /** Like Keycloak's form, an open page cannot go on while the account is locked or disabled. */
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
            AuthenticationFlowContext context, UserOtpCredentials otpCredentials, String entered, boolean codes) {
        if (codes && !otpCredentials.couldBeOtp(entered)) {
            enterCode(context, otpCredentials, entered);
            return;
        }
        if (otpCredentials.accepts(entered)) {
            context.success(OTPCredentialModel.TYPE);
            return;
        }
        if (codes && codeLogin(context).isPossible(entered)) {
            enterWrongOtpAsCode(context, entered);
            return;
        }
        context.getEvent().user(context.getUser()).error(Errors.INVALID_USER_CREDENTIALS);
        context.failureChallenge(
                AuthenticationFlowError.INVALID_CREDENTIALS,
                challenge(context, Messages.INVALID_TOTP, Validation.FIELD_OTP_CODE));
    }

    private void enterCode(AuthenticationFlowContext context, UserOtpCredentials otpCredentials, String entered) {
        context.getEvent().removeDetail(Details.SELECTED_CREDENTIAL_ID);
        codeLogin(context)
                .handle(
                        entered,
                        error -> page(
                                context,
                                true,
                                error.needsHelp(),
                                message(error, CodeInputSummary.of(entered), otpCredentials, context)));
    }

    /** A code of digits may be as long as an OTP. Whatever the result is, the input was a wrong OTP and counts as one. */
    private void enterWrongOtpAsCode(AuthenticationFlowContext context, String entered) {
        codeLogin(context)
                .handleWrongOtp(entered, error -> switch (error.refused().reason()) {
                    case ALREADY_USED, REPLACED -> page(context, true, error.needsHelp(), error.message());
                    case WRONG ->
                        page(
                                context,
                                false,
                                false,
                                new FormMessage(BackupCodeFormAuthenticator.FIELD, "backupCodeOrOtpErrorWrong"));
                    case NONE_LEFT, MISTYPED, EXPIRED, PAUSED, DISABLED, BUSY, NO_SET, KEY_MISSING, UNREADABLE -> {
                        FormMessage asOtp = new FormMessage(Validation.FIELD_OTP_CODE, Messages.INVALID_TOTP);
                        yield page(context, false, error.needsHelp(), asOtp, error.message());
                    }
                });
    }

    private static CodeLoginStep codeLogin(AuthenticationFlowContext context) {
        return new CodeLoginStep(context, SignInChannel.BROWSER);
    }

    /** Users of an authenticator app may have meant its code. */
    private static FormMessage message(
            CodeLoginError error,
            CodeInputSummary entered,
            UserOtpCredentials otpCredentials,
            AuthenticationFlowContext context) {
        ParsedCode.Malformed mistyped = error.refused().malformed();
        // of whose codes none works enters an OTP, unless the text has other characters
        if (otpCredentials.digits() == 0 || mistyped == null || (error.needsHelp() && !entered.digits())) {
            return error.message();
        }
        CodeFormat format = CodeAvailability.of(UserBackupCodes.of(context.getSession(), context.getUser()))
                .format();
        if (mistyped == ParsedCode.Malformed.EMPTY) {
            return new FormMessage(BackupCodeFormAuthenticator.FIELD, "backupCodeOrOtpErrorEmpty");
        }
        if (format == null) {
            return error.message();
        }
        return switch (mistyped) {
            case EMPTY, CHECK_CHARACTER -> error.message();
            case LENGTH, SYMBOL ->
                new FormMessage(
                        BackupCodeFormAuthenticator.FIELD,
                        "backupCodeOrOtpErrorMistyped",
                        String.valueOf(otpCredentials.digits()),
                        String.valueOf(format.length()),
                        String.valueOf(entered.length()),
                        CodeLoginError.example(format));
        };
    }

    private Response page(
            AuthenticationFlowContext context, boolean forCode, boolean needsHelp, FormMessage... errors) {
        LoginFormsProvider form = describe(context, forCode)
                .setExecution(context.getExecution().getId())
                .setAttribute(BackupCodeFormAuthenticator.NEEDS_HELP, needsHelp);
        for (FormMessage error : errors) {
            form.addError(error);
        }
        return createLoginForm(form);
    }

    @Override
    protected Response challenge(AuthenticationFlowContext context, @Nullable String error, @Nullable String field) {
        return PageResponse.of(() -> {
            if (error != null && LOCKED.contains(error) && isForCode(context)) {
                return page(
                        context,
                        true,
                        true,
                        new FormMessage(BackupCodeFormAuthenticator.FIELD, CodeFormAuthenticator.LOCKED));
            }
            describe(context, false);
            return super.challenge(context, error, field);
        });
    }

    /** Whether the request enters what can only be a backup code. */
    private static boolean isForCode(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        String otp = form.getFirst(FIELD);
        boolean entered = (otp == null || otp.isBlank())
                ? form.containsKey(BackupCodeFormAuthenticator.FIELD)
                : !UserOtpCredentials.of(context).couldBeOtp(otp);
        return entered && takesCodes(context);
    }

    /** Adds the data of the page. It shows at once how to enter a backup code if the last entry was one. */
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
                ? HelpContactAttribute.addTo(form, context.getRealm())
                        .setAttribute("backupCodeLogin", BackupCodeLoginBean.of(context))
                        .setAttribute("backupCodeWanted", forCode)
                : form;
    }

    @Override
    protected Response createLoginForm(LoginFormsProvider form) {
        return form.createForm(PAGE);
    }

    private static boolean takesCodes(AuthenticationFlowContext context) {
        return new CodeLoginEligibility(context.getSession(), context.getRealm())
                .appliesTo(context.getUser(), SignInChannel.BROWSER);
    }

    /** Whether the user has an OTP, or codes that may be requested, see {@link CodeLoginEligibility}. */
    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return super.configuredFor(session, realm, user)
                || new CodeLoginEligibility(session, realm).appliesTo(user, SignInChannel.BROWSER);
    }

    /** Names backup codes on the list of authenticators for users who have some. */
    @Override
    public OTPCredentialProvider getCredentialProvider(KeycloakSession session) {
        return new OtpOrBackupCodeCredentialProvider(session);
    }
}
