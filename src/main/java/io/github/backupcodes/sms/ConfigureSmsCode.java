package io.github.backupcodes.sms;

import io.github.backupcodes.challenge.factor.ConfigureVerificationCode;
import io.github.backupcodes.challenge.factor.UserVerificationCode;
import io.github.backupcodes.challenge.store.VerificationCodeCredentialModel;
import io.github.backupcodes.challenge.store.VerificationCodeState;
import io.github.backupcodes.challenge.store.VerificationCodeStore;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.policy.SmsCodePolicy;
import io.github.backupcodes.sms.number.CountryList;
import io.github.backupcodes.sms.number.PhoneNumberResult;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.RequiredActionAssignment;
import io.github.backupcodes.support.RequiredActionRedirect;
import io.github.backupcodes.support.RequiredActions;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.utils.FormMessage;

/**
 * The required action that sets up codes by text message: they go to a number that the user enters and proves. A number that was not
 * used for a long time is confirmed on its pages too, see {@link NumberConfirmationPrompt}.
 */
final class ConfigureSmsCode extends ConfigureVerificationCode {

    private static final String TEMPLATE = "sms-code-config.ftl";

    private static final String COUNTRY = "country";
    private static final String NUMBER = "number";

    /** The button that goes back to the page for the number. */
    private static final String CHANGE = "change";

    /** The button that sets up an authenticator app instead. */
    private static final String APP = "app";

    private static final String REMOVE = "remove";
    private static final String NOT_NOW = "notNow";

    private final SmsCodeFactor factor;

    ConfigureSmsCode() {
        this(new SmsCodeFactor());
    }

    private ConfigureSmsCode(SmsCodeFactor factor) {
        super(factor, TEMPLATE);
        this.factor = factor;
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        super.evaluateTriggers(context);
        new NumberConfirmationPrompt(context).consider();
    }

    @Override
    protected void showIntroduction(RequiredActionContext context, @Nullable FormMessage error) {
        Optional<String> stored = stored(context);
        if (new NumberConfirmationPrompt(context).isDue() && stored.isPresent()) {
            context.challenge(context.form()
                    .setAttribute("smsCodeConfirm", factor.masked(stored.get()))
                    .createForm(TEMPLATE));
            return;
        }
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        SmsCodePolicy policy = SmsCodePolicy.of(context.getRealm());
        Locale locale = context.getSession().getContext().resolveLocale(context.getUser());
        CountryList countries = new CountryList(policy.countries());
        LoginFormsProvider page = context.form()
                .setAttribute(
                        "smsCodeSetup",
                        new SmsSetupBean(
                                countries.in(locale),
                                Optional.ofNullable(form.getFirst(COUNTRY)).orElseGet(() -> preset(countries, context)),
                                Optional.ofNullable(form.getFirst(NUMBER)).orElse(""),
                                app(context).isPresent()));
        if (error != null) {
            page.addError(error);
        }
        context.challenge(page.createForm(TEMPLATE));
    }

    /** By the languages of the browser, most of which have a region. */
    private static String preset(CountryList countries, RequiredActionContext context) {
        return countries
                .preset(context.getHttpRequest().getHttpHeaders().getAcceptableLanguages())
                .orElse("");
    }

    @Override
    protected Optional<String> obstacle(RequiredActionContext context, boolean canSend) {
        if (!canSend) {
            return Optional.of("verificationCodeErrorCannotSend");
        }
        return needsVerifiedEmail(context) && !context.getUser().isEmailVerified()
                ? Optional.of("smsCodeSetupNoAddress")
                : Optional.empty();
    }

    @Override
    protected boolean needsVerifiedEmail(RequiredActionContext context) {
        return SmsCodePolicy.of(context.getRealm()).verifiedEmailFirst();
    }

    @Override
    protected Optional<String> destination(RequiredActionContext context) {
        NumberConfirmationPrompt confirmation = new NumberConfirmationPrompt(context);
        Optional<String> stored = stored(context);
        if (confirmation.isDue() && stored.isPresent()) {
            return stored;
        }
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        String entered = Optional.ofNullable(form.getFirst(NUMBER)).orElse("");
        if (entered.isBlank()) {
            showIntroduction(context, new FormMessage(NUMBER, "smsCodeErrorEmpty"));
            return Optional.empty();
        }
        PhoneNumberResult result = SmsCodePolicy.of(context.getRealm())
                .numberRules()
                .parse(Optional.ofNullable(form.getFirst(COUNTRY)).orElse(""), entered);
        if (result instanceof PhoneNumberResult.Accepted accepted) {
            return Optional.of(accepted.number().e164());
        }
        showIntroduction(context, new FormMessage(NUMBER, messageKey((PhoneNumberResult.Refused) result)));
        return Optional.empty();
    }

    private static String messageKey(PhoneNumberResult.Refused reason) {
        return switch (reason) {
            case INVALID -> "smsCodeErrorInvalid";
            case COUNTRY_NOT_ALLOWED -> "smsCodeErrorCountry";
            case NOT_MOBILE -> "smsCodeErrorNotMobile";
        };
    }

    @Override
    protected boolean isWanted(RequiredActionContext context, String destination) {
        return factor.isConfirmed(context.getSession(), context.getUser(), destination);
    }

    @Override
    protected boolean answers(MultivaluedMap<String, String> form, RequiredActionContext context) {
        NumberConfirmationPrompt confirmation = new NumberConfirmationPrompt(context);
        if (confirmation.isDue() && form.containsKey(NOT_NOW)) {
            confirmation.postpone();
            context.success();
            return true;
        }
        if (confirmation.isDue() && form.containsKey(REMOVE)) {
            remove(context, confirmation);
            return true;
        }
        Optional<String> app = app(context);
        if (form.containsKey(APP) && app.isPresent()) {
            new RequiredActionAssignment(SmsCodePolicy.REQUIRED_ACTION, context).removeFromSignIn();
            context.getAuthenticationSession().addRequiredAction(app.get());
            context.challenge(RequiredActionRedirect.from(context));
            return true;
        }
        if (form.containsKey(CHANGE)) {
            startAgain(context);
            return true;
        }
        return false;
    }

    private void remove(RequiredActionContext context, NumberConfirmationPrompt confirmation) {
        List<CredentialModel> removed;
        try {
            removed = new VerificationCodeStore(context.getSession(), context.getUser(), factor.type()).remove();
        } catch (CredentialLockedException e) {
            showIntroduction(context, new FormMessage(null, "verificationCodeErrorBusy"));
            return;
        }
        for (CredentialModel credential : removed) {
            context.getEvent()
                    .clone()
                    .event(EventType.REMOVE_CREDENTIAL)
                    .detail(Details.CREDENTIAL_TYPE, credential.getType())
                    .detail(Details.CREDENTIAL_ID, credential.getId())
                    .success();
        }
        confirmation.end();
        context.success();
    }

    /** A number that was paused may have been taken over, and nothing goes to a country that is no longer allowed. */
    @Override
    protected void replaced(RequiredActionContext context, VerificationCodeState before) {
        if (SmsCodePolicy.of(context.getRealm()).notifiesOldNumber()
                && before.failures().pause(Instant.now()).isEmpty()
                && isWanted(context, before.destination())) {
            enqueue(context, new OldNumberNoticeTask(context.getSession(), context.getUser(), before.destination()));
        }
    }

    private static Optional<String> stored(RequiredActionContext context) {
        return UserVerificationCode.of(context.getSession(), context.getUser(), CredentialTypes.SMS_CODE)
                .credential()
                .flatMap(VerificationCodeCredentialModel::state)
                .map(VerificationCodeState::destination);
    }

    /** The action that sets up an authenticator app instead, unless an application or another page has sent the user to this one. */
    private static Optional<String> app(RequiredActionContext context) {
        boolean sent = context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_EXECUTING) != null
                || context.getAuthenticationSession().getClientNote(Constants.KC_ACTION) != null;
        return sent || context.getUser().credentialManager().isConfiguredFor(OTPCredentialModel.TYPE)
                ? Optional.empty()
                : RequiredActions.alias(context.getRealm(), UserModel.RequiredAction.CONFIGURE_TOTP.name());
    }
}
