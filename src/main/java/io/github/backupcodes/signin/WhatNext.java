package io.github.backupcodes.signin;

import io.github.backupcodes.credential.Attempt;
import io.github.backupcodes.credential.BackupCodesCredentialProvider;
import io.github.backupcodes.policy.EnabledAction;
import io.github.backupcodes.policy.Policy;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.storage.ReadOnlyException;

/** What a sign-in with a code still has to ask for, where pages follow. */
final class WhatNext {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final AuthenticationSessionModel signIn;

    WhatNext(AuthenticationFlowContext context) {
        this.session = context.getSession();
        this.realm = context.getRealm();
        this.user = context.getUser();
        this.signIn = context.getAuthenticationSession();
    }

    /** After a code was accepted. */
    void after(Attempt.Accepted accepted, UsedCode used) {
        if (EnabledAction.alias(realm, Policy.REQUIRED_ACTION).isEmpty()) {
            // there is no page of ours, and none that could make codes
            if (used.isTemporary()) {
                requireSecondFactor();
            }
            return;
        }
        if (accepted.remaining() == 0 && !used.isTemporary() && !(used.isRecoveryCode() && hasSet())) {
            requireNewCodes();
        }
        showPage(used);
    }

    /** Whoever was helped out has to set up a second factor: by its own action, as there is no page to choose on. */
    private void requireSecondFactor() {
        new OfferedFactors(session, user)
                .of(new AcceptedTypes(session, realm).ofAllFlows()).stream()
                        .flatMap(factor -> EnabledAction.alias(realm, factor.action()).stream())
                        .findFirst()
                        .ifPresent(signIn::addRequiredAction);
    }

    private boolean hasSet() {
        return BackupCodesCredentialProvider.of(session).codes(user).exist();
    }

    private void requireNewCodes() {
        try {
            user.addRequiredAction(Policy.REQUIRED_ACTION);
        } catch (ReadOnlyException e) {
            // a user of a read-only storage provider: at least for this sign-in
            signIn.addRequiredAction(Policy.REQUIRED_ACTION);
        }
    }

    /**
     * The page about the used code comes before the sign-in goes on. Not where an application asked for new codes anyway, for
     * Keycloak would then take the way to cancel off their page; but whoever was helped out comes to the page all the same.
     */
    private void showPage(UsedCode used) {
        if (used.isTemporary() || !Policy.REQUIRED_ACTION.equals(signIn.getClientNote(Constants.KC_ACTION))) {
            signIn.addRequiredAction(Policy.REQUIRED_ACTION);
        }
    }
}
