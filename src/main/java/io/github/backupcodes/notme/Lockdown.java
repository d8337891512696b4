package io.github.backupcodes.notme;

import io.github.backupcodes.credential.BackupCodesCredentialModel;
import io.github.backupcodes.credential.BackupCodesCredentialProvider;
import io.github.backupcodes.credential.RowBusyException;
import java.time.Instant;
import java.util.List;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;

/** Takes from whoever it was what the account could still be entered with. */
final class Lockdown {

    /** For the events. */
    private static final String REASON = "backup_codes_not_me";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final EventBuilder event;

    Lockdown(ActionTokenContext<?> context) {
        this.session = context.getSession();
        this.realm = context.getRealm();
        this.user = context.getAuthenticationSession().getAuthenticatedUser();
        this.event = context.getEvent().detail(Details.REASON, REASON);
    }

    /**
     * Removes the codes, ends the sessions, and has a new password asked for.
     *
     * @return whether the next sign-in asks for one
     * @throws RowBusyException when somebody else holds the codes; then nothing was done
     */
    boolean run() {
        removeCodes();
        endSessions();
        return new PasswordChange(realm, user).require();
    }

    /** On record even when there is no set any more. */
    private void removeCodes() {
        List<String> removed = BackupCodesCredentialProvider.of(session).codes(user).removeAll().stream()
                .map(CredentialModel::getId)
                .toList();
        event.clone()
                .event(EventType.REMOVE_CREDENTIAL)
                .detail(Details.CREDENTIAL_TYPE, BackupCodesCredentialModel.TYPE)
                .detail(Details.CREDENTIAL_ID, removed)
                .success();
    }

    /** As an administrator does it, offline sessions included: their tokens are older than the moment set here. */
    private void endSessions() {
        session.users().setNotBeforeForUser(realm, user, (int) Instant.now().getEpochSecond());
        for (UserSessionModel ended :
                session.sessions().getUserSessionsStream(realm, user).toList()) {
            AuthenticationManager.backchannelLogout(session, ended, true);
            event.clone().event(EventType.LOGOUT).session(ended.getId()).success();
        }
        AuthenticationManager.expireIdentityCookie(session);
        AuthenticationManager.expireRememberMeCookie(session);
    }
}
