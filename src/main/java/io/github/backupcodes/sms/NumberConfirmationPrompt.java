package io.github.backupcodes.sms;

import io.github.backupcodes.challenge.factor.UserVerificationCode;
import io.github.backupcodes.challenge.store.VerificationCodeCredentialModel;
import io.github.backupcodes.challenge.store.VerificationCodeState;
import io.github.backupcodes.policy.SetupPromptMode;
import io.github.backupcodes.policy.SmsCodePolicy;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.PromptSnooze;
import io.github.backupcodes.support.RequiredActionAssignment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.Constants;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Asks users at sign-in whether a number is still theirs that they have not used for a long time: operators give numbers to other
 * people. It is asked after another factor was used, and can be postponed.
 */
final class NumberConfirmationPrompt {

    /** The attribute of the user that says that the prompt is postponed. */
    private static final String ATTRIBUTE = "sms-code.not-now";

    private static final String REASON = "UNUSED";
    private static final String NOTE = "sms-code.confirm";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;
    private final Instant now = Instant.now();

    NumberConfirmationPrompt(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
    }

    /** Called before every step of the sign-in: assigns the action if there is a reason, once. Cheap checks come first. */
    void consider() {
        int months = SmsCodePolicy.of(context.getRealm()).confirmAfterMonths();
        if (months == 0
                || signIn.getAuthNote(NOTE) != null
                || signIn.getClientNote(Constants.KC_ACTION) != null
                || AuthenticatorUtil.isSSOAuthentication(signIn)
                || AuthenticatorUtil.getAuthnCredentials(signIn).contains(CredentialTypes.SMS_CODE)
                || !UserVerificationCode.isSetUp(context.getUser(), CredentialTypes.SMS_CODE)) {
            return;
        }
        usedLast()
                .filter(used -> used.atZone(ZoneOffset.UTC)
                        .plusMonths(months)
                        .toInstant()
                        .isBefore(now))
                .filter(used -> !snooze().holds(REASON, used, now))
                .ifPresent(used -> {
                    signIn.setAuthNote(NOTE, "true");
                    action().addToSignIn();
                });
    }

    private Optional<Instant> usedLast() {
        return UserVerificationCode.of(context.getSession(), context.getUser(), CredentialTypes.SMS_CODE)
                .credential()
                .flatMap(NumberConfirmationPrompt::usedLast);
    }

    private static Optional<Instant> usedLast(VerificationCodeCredentialModel credential) {
        Optional<Instant> accepted = credential
                .state()
                .map(VerificationCodeState::accepted)
                .flatMap(challenges -> challenges.times().values().stream().max(Comparator.naturalOrder()));
        return accepted.or(
                () -> Optional.ofNullable(credential.getCreatedDate()).map(Instant::ofEpochMilli));
    }

    /** Whether the page asks for it in this sign-in. */
    boolean isDue() {
        return Boolean.parseBoolean(signIn.getAuthNote(NOTE));
    }

    /** Asks again in two weeks, and goes on. */
    void postpone() {
        snooze().remember(REASON, now);
        end();
    }

    /** Goes on without asking again in this sign-in. */
    void end() {
        signIn.setAuthNote(NOTE, "false");
        action().removeFromSignIn();
    }

    private PromptSnooze snooze() {
        return new PromptSnooze(
                context.getSession(), context.getUser(), ATTRIBUTE, Duration.ofDays(SetupPromptMode.REMINDER_DAYS));
    }

    private RequiredActionAssignment action() {
        return new RequiredActionAssignment(SmsCodePolicy.REQUIRED_ACTION, context);
    }
}
