package io.github.backupcodes.signin;

import io.github.backupcodes.credential.verify.SignInChannel;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The form for users who come back from an {@link InterruptedTemporaryLogin}: instead of asking for anything, it completes the step.
 *
 * <p>It has to come first, because users of a temporary code do not have the second factor that the others ask for. Keycloak sorts
 * validators in the order of the user's credentials, so this one claims the type of the first.
 */
final class ResumedLoginAuthenticator extends TemporaryCodeFormAuthenticator {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (!resumes(context)) {
            super.authenticate(context);
        }
    }

    /** A page that was open before the user came back in this tab. */
    @Override
    public void action(AuthenticationFlowContext context) {
        if (!resumes(context)) {
            super.action(context);
        }
    }

    private static boolean resumes(AuthenticationFlowContext context) {
        Optional<UsedCodeNote> used = InterruptedTemporaryLogin.of(context.getSession(), context.getUser())
                .flatMap(InterruptedTemporaryLogin::take);
        used.ifPresent(new CodeLoginStep(context, SignInChannel.BROWSER)::succeed);
        return used.isPresent();
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return InterruptedTemporaryLogin.of(session, user).isPresent() || super.configuredFor(session, realm, user);
    }

    @Override
    public String getType(KeycloakSession session) {
        return CodeLoginEligibility.userOfLogin(session)
                .flatMap(user -> types(user).findFirst())
                .orElseGet(() -> super.getType(session));
    }
}
