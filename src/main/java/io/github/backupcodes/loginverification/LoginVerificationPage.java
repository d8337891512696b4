package io.github.backupcodes.loginverification;

import io.github.backupcodes.support.LocalizedDates;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;

/** The page that turns on login verification. */
record LoginVerificationPage(RequiredActionContext context) {

    private static final String TEMPLATE = "login-verification.ftl";

    /** Renders the page with the second factors that are offered. */
    Response show(LoginVerificationStatus verification) {
        if (new LoginVerificationRequest(context).isRequired()) {
            new LoginVerificationPostponement(context).remember();
        }
        return context.form()
                .setAttribute(
                        "loginVerification",
                        new LoginVerificationBean(
                                verification.offered(),
                                verification.offered().stream()
                                        .findFirst()
                                        .filter(verification::isStrong)
                                        .orElse(null),
                                context.getRealm().getOTPPolicy(),
                                new LoginVerificationFollowUp(context).areCodesOffered(verification),
                                lastDay().orElse(null),
                                isPostponable(verification)))
                .createForm(TEMPLATE);
    }

    /** Whether it can be postponed. Users who have a second factor always can, because they are asked for a stronger one only. */
    boolean isPostponable(LoginVerificationStatus verification) {
        return new LoginVerificationRequest(context).isRequired()
                && (verification.isOn() || lastDay().isPresent());
    }

    /**
     * The last day on which it can be postponed. Users who come by choice, from an application, can cancel instead.
     */
    Optional<String> lastDay() {
        return Optional.of(context)
                .filter(asked -> new LoginVerificationRequest(asked).isRequired())
                .flatMap(asked -> new LoginVerificationPostponement(asked).end())
                .map(end -> LocalizedDates.of(context).date(end.minusSeconds(1)));
    }
}
