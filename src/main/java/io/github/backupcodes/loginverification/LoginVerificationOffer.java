package io.github.backupcodes.loginverification;

import io.github.backupcodes.loginstrength.SignInStrength;
import io.github.backupcodes.policy.LoginVerificationPolicy;
import io.github.backupcodes.support.RequiredActionAssignment;
import io.github.backupcodes.support.RequiredActions;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Starts login verification in a sign-in for another required action that is of use only with a second factor. */
public final class LoginVerificationOffer {

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;

    /** Takes the context of a required action in the sign-in. */
    public LoginVerificationOffer(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
    }

    /**
     * Whether the user can turn on login verification now: the realm has the action and offers a second factor, and the user
     * has not postponed it.
     */
    public boolean isPossible() {
        return RequiredActions.hasUsualAlias(context.getRealm(), LoginVerificationPolicy.REQUIRED_ACTION)
                && !LoginVerificationSkip.wasSkipped(context)
                && !new LoginVerificationPostponement(context).isRunning()
                && !new LoginVerificationStatus(
                                context.getSession(),
                                context.getRealm(),
                                context.getUser(),
                                AuthenticationFlowResolver.resolveBrowserFlow(signIn))
                        .offered()
                        .isEmpty();
    }

    /** Whether the session is recent enough for it, if an application starts it. */
    public boolean isRecentEnough() {
        return new SignInStrength(context).isRecentEnoughFor(LoginVerificationPolicy.REQUIRED_ACTION);
    }

    /** Requires it in this sign-in. */
    public void start() {
        noteInactive();
        new RequiredActionAssignment(LoginVerificationPolicy.REQUIRED_ACTION, context).addToSignIn();
    }

    /** Runs it instead of the action that an application asked for, which gets its result. */
    public void startForApplication() {
        noteInactive();
        signIn.setClientNote(Constants.KC_ACTION, LoginVerificationPolicy.REQUIRED_ACTION);
    }

    /** Before the action itself does: Keycloak may have called it in this step already, when it was not required yet. */
    private void noteInactive() {
        new LoginVerificationFollowUp(context).noteInactive();
    }
}
