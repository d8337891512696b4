package io.github.backupcodes.loginverification;

import io.github.backupcodes.policy.LoginVerificationPolicy;
import io.github.backupcodes.support.RequiredActionAssignment;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.Constants;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Who wants login verification turned on in this sign-in: an application ({@code kc_action}), or somebody who made it a
 * required action of the user.
 */
final class LoginVerificationRequest {

    /** A note of the client, for it has to survive a sign-in that is started anew, as {@code kc_action} does. */
    private static final String HELD_BACK = "login-verification.kc-action";

    private static final String ACTION = LoginVerificationPolicy.REQUIRED_ACTION;

    private final AuthenticationSessionModel signIn;
    private final RequiredActionAssignment action;

    LoginVerificationRequest(RequiredActionContext context) {
        this.signIn = context.getAuthenticationSession();
        this.action = new RequiredActionAssignment(ACTION, context);
    }

    /** Whether it is a required action of the user or of this sign-in. */
    boolean isRequired() {
        return action.isOfSignIn() || action.isOfUser();
    }

    /** Whether an application asked for it, or somebody required it. */
    boolean isWanted() {
        return isOfApplication() || isRequired();
    }

    private boolean isOfApplication() {
        return ACTION.equals(signIn.getClientNote(Constants.KC_ACTION)) || signIn.getClientNote(HELD_BACK) != null;
    }

    /**
     * Keeps the wish of the application from Keycloak while a second factor is set up. Keycloak would take an action that
     * waits for another one for a failed one, and would take the way to cancel off the other's page where this one is
     * required as well.
     */
    void holdBack() {
        if (isOfApplication()) {
            signIn.setClientNote(HELD_BACK, ACTION);
            signIn.removeClientNote(Constants.KC_ACTION);
            signIn.removeClientNote(Constants.KC_ACTION_ENFORCED);
        }
    }

    /** Gives it back. */
    void resume() {
        if (signIn.getClientNote(HELD_BACK) != null) {
            signIn.removeClientNote(HELD_BACK);
            signIn.setClientNote(Constants.KC_ACTION, ACTION);
        }
    }

    /** Tells the application, if there is one, what became of it. */
    void end(RequiredActionContext.KcActionStatus status) {
        AuthenticationManager.setKcActionStatus(ACTION, status, signIn);
    }
}
