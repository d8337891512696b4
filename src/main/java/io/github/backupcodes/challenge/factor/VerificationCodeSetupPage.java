package io.github.backupcodes.challenge.factor;

import io.github.backupcodes.challenge.form.VerificationCodeBean;
import io.github.backupcodes.challenge.store.ChallengeState;
import io.github.backupcodes.challenge.store.EncryptedDestination;
import io.github.backupcodes.support.PageResponse;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The page of a set-up on which the first code is entered. */
public final class VerificationCodeSetupPage {

    /** What the note ends with that says where a code was sent to in this sign-in, encrypted. */
    private static final String NOTE = ".set-up";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;
    private final VerificationCodeFactor factor;
    private final VerificationCodeSetup setup;
    private final String template;

    VerificationCodeSetupPage(
            RequiredActionContext context,
            VerificationCodeFactor factor,
            VerificationCodeSetup setup,
            String template) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
        this.factor = factor;
        this.setup = setup;
        this.template = template;
    }

    /** Where a code was sent to in this sign-in; empty if none was. */
    Optional<String> destination() {
        return destinations().decrypt(signIn.getAuthNote(factor.type() + NOTE));
    }

    private EncryptedDestination destinations() {
        return new EncryptedDestination(
                context.getSession(), signIn.getParentSession().getId());
    }

    /** Forgets it. */
    void close() {
        close(signIn, factor);
    }

    static void close(AuthenticationSessionModel signIn, VerificationCodeFactor factor) {
        signIn.removeAuthNote(factor.type() + NOTE);
    }

    /** Sends a code, and shows the field. */
    Response open(String destination) {
        destinations().encrypt(destination).ifPresent(note -> signIn.setAuthNote(factor.type() + NOTE, note));
        return page(destination, setup.open(destination, signIn), null);
    }

    /** Shows the field. */
    Response show(String destination) {
        return page(destination, setup.show(destination, signIn), null);
    }

    /** Sends a code again. */
    Response again(String destination) {
        return page(destination, setup.again(destination, signIn), null);
    }

    /** Shows the field with an error. */
    Response refused(String destination, FormMessage error) {
        return page(destination, setup.show(destination, signIn), error);
    }

    private Response page(String destination, ChallengeState state, @Nullable FormMessage error) {
        return PageResponse.of(() -> {
            LoginFormsProvider form = context.form()
                    .setAttribute(
                            "verificationCode",
                            VerificationCodeBean.of(setup.texts(destination), state, Instant.now()));
            if (error != null) {
                form.addError(error);
            }
            return form.createForm(template);
        });
    }
}
