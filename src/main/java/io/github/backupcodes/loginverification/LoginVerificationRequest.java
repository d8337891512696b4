package io.github.backupcodes.loginverification;

import io.github.backupcodes.policy.LoginVerificationPolicy;
import io.github.backupcodes.support.RequiredActionAssignment;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.Constants;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Finds out who requested login verification in this sign-in: an application ({@code kc_action}), or an administrator
 * by a required action of the user.
 */
final class LoginVerificationRequest {

    /** A client note, because it must survive a restart of the sign-in, as {@code kc_action} does. */
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

    /** Whether an application requested it, or it is a required action. */
    boolean isWanted() {
        return isOfApplication() || isRequired();
    }

    private boolean isOfApplication() {
        return ACTION.equals(signIn.getClientNote(Constants.KC_ACTION)) || signIn.getClientNote(HELD_BACK) != null;
    }

    /**
     * Hides the application's request from Keycloak while a second factor is set up. Keycloak would treat an action
     * that waits for another one as failed, and would remove Cancel from the other's page if this one is required as
     * well.
     */
    void holdBack() {
        if (isOfApplication()) {
            signIn.setClientNote(HELD_BACK, ACTION);
            signIn.removeClientNote(Constants.KC_ACTION);
            signIn.removeClientNote(Constants.KC_ACTION_ENFORCED);
        }
    }

    /** Restores the application's request. */
    void resume() {
        if (signIn.getClientNote(HELD_BACK) != null) {
            signIn.removeClientNote(HELD_BACK);
            signIn.setClientNote(Constants.KC_ACTION, ACTION);
        }
    }

    /** Reports the result to the application, if there is one. */
    void end(RequiredActionContext.KcActionStatus status) {
        AuthenticationManager.setKcActionStatus(ACTION, status, signIn);
    }
}
