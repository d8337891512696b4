package io.github.backupcodes.signin;

import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.flow.AcceptedCredentialTypes;
import io.github.backupcodes.flow.SecondFactorOptions;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.support.RequiredActionAssignment;
import io.github.backupcodes.support.RequiredActions;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Adds the required actions that follow a sign-in with a code in a browser. */
final class PostLoginActions {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final AuthenticationSessionModel signIn;
    private final RequiredActionAssignment codes;

    PostLoginActions(AuthenticationFlowContext context) {
        this.session = context.getSession();
        this.realm = context.getRealm();
        this.user = context.getUser();
        this.signIn = context.getAuthenticationSession();
        this.codes = new RequiredActionAssignment(BackupCodesPolicy.REQUIRED_ACTION, realm, user, signIn);
    }

    /** After a code was accepted. */
    void after(UsedCodeNote used) {
        if (!codes.isEnabled()) {
            // there is no page of ours, and none that could generate codes
            if (used.isTemporary()) {
                requireSecondFactor();
            }
            return;
        }
        if (used.remaining() == 0 && !used.isTemporary() && !(used.isRecoveryCode() && hasSet())) {
            codes.addToUser();
        }
        showPage(used);
    }

    /** After a temporary code the user has to set up a second factor: by its own action, because there is no page to choose on. */
    private void requireSecondFactor() {
        new SecondFactorOptions(session, user)
                .of(new AcceptedCredentialTypes(session, realm).ofAllFlows()).stream()
                        .flatMap(factor -> RequiredActions.alias(realm, factor.action()).stream())
                        .findFirst()
                        .ifPresent(signIn::addRequiredAction);
    }

    private boolean hasSet() {
        return UserBackupCodes.of(session, user).hasSet();
    }

    /**
     * Shows the page about the used code before the sign-in goes on. It does not if an application has requested new codes anyway,
     * because Keycloak would then remove the button to cancel from their page; but after a temporary code the page always comes.
     */
    private void showPage(UsedCodeNote used) {
        if (used.isTemporary()
                || !BackupCodesPolicy.REQUIRED_ACTION.equals(signIn.getClientNote(Constants.KC_ACTION))) {
            codes.addToSignIn();
        }
    }
}
