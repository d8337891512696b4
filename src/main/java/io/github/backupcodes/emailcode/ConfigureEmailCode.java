package io.github.backupcodes.emailcode;

import io.github.backupcodes.challenge.factor.ConfigureVerificationCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.utils.FormMessage;

/** The required action that sets up codes by e-mail: they go to the verified address of the user. */
final class ConfigureEmailCode extends ConfigureVerificationCode {

    private static final String TEMPLATE = "email-code-config.ftl";

    ConfigureEmailCode() {
        super(new EmailCodeFactor(), TEMPLATE);
    }

    @Override
    protected void showIntroduction(RequiredActionContext context, @Nullable FormMessage error) {
        LoginFormsProvider form = context.form();
        EmailAddress.of(context.getUser())
                .ifPresent(address -> form.setAttribute("emailCodeAddress", EmailAddress.masked(address)));
        context.challenge(form.createForm(TEMPLATE));
    }

    @Override
    protected Optional<String> obstacle(RequiredActionContext context, boolean canSend) {
        if (!canSend) {
            return Optional.of("verificationCodeErrorCannotSend");
        }
        if (EmailAddress.of(context.getUser()).isEmpty()) {
            return Optional.of("emailCodeSetupNoAddress");
        }
        return context.getUser().isEmailVerified()
                ? Optional.empty()
                : Optional.of("verificationCodeErrorNotConfirmedEmail");
    }

    @Override
    protected boolean needsVerifiedEmail(RequiredActionContext context) {
        return context.getRealm().getSmtpConfig().get("host") != null;
    }

    @Override
    protected Optional<String> destination(RequiredActionContext context) {
        return onlyDestination(context);
    }

    @Override
    protected Optional<String> onlyDestination(RequiredActionContext context) {
        return EmailAddress.verifiedOf(context.getUser());
    }

    @Override
    protected boolean isWanted(RequiredActionContext context, String destination) {
        return EmailAddress.verifiedOf(context.getUser())
                .filter(destination::equals)
                .isPresent();
    }
}
