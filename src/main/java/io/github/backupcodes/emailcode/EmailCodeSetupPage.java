package io.github.backupcodes.emailcode;

import io.github.backupcodes.challenge.SingleUseKey;
import io.github.backupcodes.challenge.form.VerificationCodeBean;
import io.github.backupcodes.challenge.form.VerificationCodeTexts;
import io.github.backupcodes.challenge.store.ChallengeState;
import io.github.backupcodes.support.PageResponse;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The pages of the set-up: what codes by e-mail are, and the field for the first one. */
final class EmailCodeSetupPage {

    private static final String TEMPLATE = "email-code-config.ftl";

    /** Which address a code was requested for in this sign-in, hashed: addresses stand nowhere but in the credential. */
    private static final String NOTE = "email-code.set-up";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;

    EmailCodeSetupPage(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
    }

    /** Whether a code was requested for this address in this sign-in. */
    boolean isOpen(String address) {
        return hash(address).equals(signIn.getAuthNote(NOTE));
    }

    private static String hash(String address) {
        return SingleUseKey.of("nt", address).value();
    }

    /** Forgets it. */
    void close() {
        close(signIn);
    }

    static void close(AuthenticationSessionModel signIn) {
        signIn.removeAuthNote(NOTE);
    }

    /** What codes by e-mail are. */
    Response intro(String address) {
        return form().setAttribute("emailCodeAddress", EmailAddress.masked(address))
                .createForm(TEMPLATE);
    }

    /** Why they cannot be set up, with a way back. */
    Response obstacle(String message) {
        return form().setAttribute("emailCodeObstacle", message).createForm(TEMPLATE);
    }

    /** Sends a code, and shows the field. */
    Response open(String address) {
        signIn.setAuthNote(NOTE, hash(address));
        return page(address, setup().open(address, signIn), null);
    }

    /** Shows the field. */
    Response show(String address) {
        return page(address, setup().show(address, signIn), null);
    }

    /** Sends a code again. */
    Response again(String address) {
        return page(address, setup().again(address, signIn), null);
    }

    /** Shows the field with an error. */
    Response refused(String address, FormMessage error) {
        return page(address, setup().show(address, signIn), error);
    }

    private Response page(String address, ChallengeState state, @Nullable FormMessage error) {
        return PageResponse.of(() -> {
            LoginFormsProvider form = form().setAttribute(
                            "verificationCode", VerificationCodeBean.of(texts(address), state, Instant.now()));
            if (error != null) {
                form.addError(error);
            }
            return form.createForm(TEMPLATE);
        });
    }

    private VerificationCodeTexts texts(String address) {
        return EmailCodeTexts.of("verificationCodeHelpEmailSetup", EmailAddress.masked(address), setup().policy());
    }

    private EmailCodeSetup setup() {
        return EmailCodeSetup.of(context.getSession(), context.getUser());
    }

    private LoginFormsProvider form() {
        return context.form();
    }
}
