package io.github.backupcodes.emailcode;

import io.github.backupcodes.challenge.form.VerificationCodeError;
import io.github.backupcodes.challenge.store.ChallengeResult;
import io.github.backupcodes.challenge.store.ChallengeResult.Outcome;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.loginstrength.AccountStatusCheck;
import io.github.backupcodes.loginstrength.CreatedCredentialsNote;
import io.github.backupcodes.loginstrength.LoginRecord;
import io.github.backupcodes.loginstrength.LoginRestart;
import io.github.backupcodes.loginstrength.SignInStrength;
import io.github.backupcodes.notification.Notification;
import io.github.backupcodes.notification.NotificationProvider;
import io.github.backupcodes.policy.EmailCodePolicy;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.RequiredActionAssignment;
import io.github.backupcodes.support.RequiredActionRedirect;
import io.github.backupcodes.support.RequiredActions;
import io.github.backupcodes.support.UserCaches;
import io.github.backupcodes.support.UserStorages;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The required action that sets up codes by e-mail: sends a code to the verified address of the user, and saves the address once the
 * code was entered. Until then nothing is saved, and an earlier address remains.
 */
final class ConfigureEmailCode implements RequiredActionProvider, CredentialRegistrator {

    /** The button that sends the first code. */
    private static final String SEND = "send";

    /** The button that sends a code again. */
    private static final String RESEND = "resend";

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    /** Keycloak requires the level at which the flow accepts this type before an application can start the action. */
    @Override
    public String getCredentialType(KeycloakSession session, AuthenticationSessionModel authenticationSession) {
        return CredentialTypes.EMAIL_CODE;
    }

    /** Records what the sign-in is worth. */
    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        new RequiredActionAssignment(EmailCodePolicy.REQUIRED_ACTION, context).prepare();
        LoginRecord.keep(context);
        if (AuthenticatorUtil.getAuthnCredentials(context.getAuthenticationSession())
                .contains(CredentialTypes.EMAIL_CODE)) {
            context.getEvent().detail(Details.CREDENTIAL_TYPE, CredentialTypes.EMAIL_CODE);
        }
    }

    /**
     * Shows the page, if the sign-in is strong enough and codes can be sent. Otherwise the action remains assigned for a later sign-in; an
     * application that asks for it gets a page, from which the user can go back.
     */
    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        if (!new UserStorages(context.getUser()).isStored()) {
            context.ignore();
            return;
        }
        EmailCodeSetupPage page = new EmailCodeSetupPage(context);
        if (!strength(context).suffices()) {
            refuse(context);
            return;
        }
        Optional<String> address = EmailAddress.of(context.getUser());
        boolean canSend = UserEmailCode.canSend(context.getSession(), context.getRealm());
        if (address.isEmpty() || !canSend) {
            if (isOfApplication(context)) {
                context.challenge(
                        page.obstacle(canSend ? "emailCodeSetupNoAddress" : "verificationCodeErrorCannotSend"));
            } else {
                context.ignore();
            }
        } else if (!context.getUser().isEmailVerified()) {
            verifyAddressFirst(context, page);
        } else if (page.isOpen(address.get())) {
            context.challenge(page.show(address.get()));
        } else {
            context.challenge(page.intro(address.get()));
        }
    }

    /** Keycloak's own action verifies the address; this one never does. */
    private static void verifyAddressFirst(RequiredActionContext context, EmailCodeSetupPage page) {
        Optional<String> verification =
                RequiredActions.alias(context.getRealm(), UserModel.RequiredAction.VERIFY_EMAIL.name());
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        boolean waits = verification
                .filter(alias -> signIn.getRequiredActions().contains(alias)
                        || context.getUser().getRequiredActionsStream().anyMatch(alias::equals))
                .isPresent();
        if (verification.isPresent() && !waits) {
            signIn.addRequiredAction(verification.get());
            context.challenge(RequiredActionRedirect.from(context));
        } else if (isOfApplication(context)) {
            context.challenge(page.obstacle("verificationCodeErrorAddress"));
        } else {
            context.ignore();
        }
    }

    /** The sign-in is too weak to add a factor beside those that the user has. */
    private static void refuse(RequiredActionContext context) {
        if (isOfApplication(context) && AuthenticatorUtil.isSSOAuthentication(context.getAuthenticationSession())) {
            context.challenge(LoginRestart.ofSession(context));
        } else {
            context.ignore();
        }
    }

    private static boolean isOfApplication(RequiredActionContext context) {
        return EmailCodePolicy.REQUIRED_ACTION.equals(
                context.getAuthenticationSession().getClientNote(Constants.KC_ACTION));
    }

    private static SignInStrength strength(RequiredActionContext context) {
        return new SignInStrength(context, EmailCodePolicy.REQUIRED_ACTION, CredentialTypes.EMAIL_CODE);
    }

    @Override
    public void processAction(RequiredActionContext context) {
        if (!AccountStatusCheck.passes(context)) {
            return;
        }
        EmailCodeSetupPage page = new EmailCodeSetupPage(context);
        Optional<String> address = EmailAddress.verifiedOf(context.getUser());
        if (address.isEmpty()
                || !UserEmailCode.canSend(context.getSession(), context.getRealm())
                || !strength(context).sufficesToSave()) {
            // changed since the page was shown
            context.challenge(RequiredActionRedirect.from(context));
            return;
        }
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if ((form.containsKey(SEND) || form.containsKey(RESEND))
                && !strength(context).suffices()) {
            context.challenge(LoginRestart.ofOpenPage(context));
        } else if (form.containsKey(SEND)) {
            context.challenge(page.open(address.get()));
        } else if (form.containsKey(RESEND)) {
            context.challenge(page.again(address.get()));
        } else {
            String entered = form.getFirst(EmailCodeTexts.FIELD);
            enter(entered == null ? "" : entered, address.get(), context, page);
        }
    }

    private static void enter(String entered, String address, RequiredActionContext context, EmailCodeSetupPage page) {
        EmailCodeSetup setup = EmailCodeSetup.of(context.getSession(), context.getUser());
        ChallengeResult result = setup.verify(entered, address, context.getAuthenticationSession());
        if (result.outcome() == Outcome.ACCEPTED) {
            save(setup, address, context, page);
            return;
        }
        context.getEvent()
                .clone()
                .event(EventType.UPDATE_CREDENTIAL)
                .detail(Details.CREDENTIAL_TYPE, CredentialTypes.EMAIL_CODE)
                .detail(Details.REASON, result.outcome().id())
                .error(Errors.INVALID_USER_CREDENTIALS);
        context.challenge(page.refused(
                address,
                VerificationCodeError.of(
                        EmailCodeTexts.FIELD, result.outcome(), setup.policy().digits(), entered.isBlank())));
    }

    /** The strength is asked again: a stronger factor may have been added in another session while the code was on its way. */
    private static void save(
            EmailCodeSetup setup, String address, RequiredActionContext context, EmailCodeSetupPage page) {
        UserCaches.bypass(context.getUser());
        if (!strength(context).sufficesToSave()) {
            page.close();
            context.challenge(LoginRestart.ofOpenPage(context));
            return;
        }
        CredentialModel saved;
        try {
            saved = setup.save(address);
        } catch (CredentialLockedException e) {
            context.challenge(
                    page.refused(address, new FormMessage(EmailCodeTexts.FIELD, "verificationCodeErrorBusy")));
            return;
        }
        page.close();
        new CreatedCredentialsNote(context).add(saved.getId());
        context.getEvent()
                .clone()
                .event(EventType.UPDATE_CREDENTIAL)
                .detail(Details.CREDENTIAL_TYPE, CredentialTypes.EMAIL_CODE)
                .detail(Details.CREDENTIAL_ID, saved.getId())
                .success();
        NotificationProvider.of(context.getSession())
                .notify(context.getUser(), new Notification.EmailCodeSetUp(new CreatedCredentialsNote(context).ids()));
        new RequiredActionAssignment(EmailCodePolicy.REQUIRED_ACTION, context).complete(context);
    }

    @Override
    public void initiatedActionCanceled(KeycloakSession session, AuthenticationSessionModel authSession) {
        EmailCodeSetupPage.close(authSession);
    }

    @Override
    public void close() {}
}
