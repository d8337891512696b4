package io.github.backupcodes.signin;

import io.github.backupcodes.credential.BackupCodesCredentialProvider;
import io.github.backupcodes.credential.verify.VerificationResult;
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

/** What a sign-in with a code still has to ask for, where pages follow. */
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
    void after(VerificationResult.Accepted accepted, UsedCodeNote used) {
        if (!codes.isEnabled()) {
            // there is no page of ours, and none that could make codes
            if (used.isTemporary()) {
                requireSecondFactor();
            }
            return;
        }
        if (accepted.remaining() == 0 && !used.isTemporary() && !(used.isRecoveryCode() && hasSet())) {
            codes.addToUser();
        }
        showPage(used);
    }

    /** Whoever was helped out has to set up a second factor: by its own action, as there is no page to choose on. */
    private void requireSecondFactor() {
        new SecondFactorOptions(session, user)
                .of(new AcceptedCredentialTypes(session, realm).ofAllFlows()).stream()
                        .flatMap(factor -> RequiredActions.alias(realm, factor.action()).stream())
                        .findFirst()
                        .ifPresent(signIn::addRequiredAction);
    }

    private boolean hasSet() {
        return BackupCodesCredentialProvider.of(session).codes(user).hasSet();
    }

    /**
     * The page about the used code comes before the sign-in goes on. Not where an application asked for new codes anyway, for
     * Keycloak would then take the way to cancel off their page; but whoever was helped out comes to the page all the same.
     */
    private void showPage(UsedCodeNote used) {
        if (used.isTemporary()
                || !BackupCodesPolicy.REQUIRED_ACTION.equals(signIn.getClientNote(Constants.KC_ACTION))) {
            codes.addToSignIn();
        }
    }
}
