package io.github.backupcodes.enrollment;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;

/** The page that turns login verification on. */
record VerificationPage(RequiredActionContext context) {

    private static final String TEMPLATE = "login-verification.ftl";

    /** Shows what is offered. */
    Response show(Verification verification) {
        if (new InitiatedVerification(context).isRequired()) {
            new Postponement(context).remember();
        }
        return context.form()
                .setAttribute(
                        "loginVerification",
                        new LoginVerificationBean(
                                verification.offered(),
                                new TurnedOn(context).areCodesOffered(verification),
                                lastDay().orElse(null)))
                .createForm(TEMPLATE);
    }

    /** The last day on which it can be put off. Whoever comes here by choice, from an application, can cancel instead. */
    Optional<String> lastDay() {
        return Optional.of(context)
                .filter(asked -> new InitiatedVerification(asked).isRequired())
                .flatMap(asked -> new Postponement(asked).end())
                .map(end -> UserDate.of(context).write(end.minusSeconds(1)));
    }
}
