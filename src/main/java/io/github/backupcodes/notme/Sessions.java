package io.github.backupcodes.notme;

import java.time.Instant;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;

/** The sessions of a user. */
record Sessions(KeycloakSession session, RealmModel realm, UserModel user, EventBuilder event) {

    /**
     * Ends them as an administrator does it, offline sessions included: their tokens are older than the moment set here. So are
     * the sign-ins on their way to a session, which the required action refuses from then on. The moment has whole seconds:
     * the next one, so that it comes after what was begun in this.
     */
    void end() {
        session.users().setNotBeforeForUser(realm, user, (int)
                Instant.now().plusSeconds(1).getEpochSecond());
        for (UserSessionModel ended :
                session.sessions().getUserSessionsStream(realm, user).toList()) {
            AuthenticationManager.backchannelLogout(session, ended, true);
            event.clone().event(EventType.LOGOUT).session(ended.getId()).success();
        }
        // that of a session which is over is taken from the browser; of somebody else's nothing is
        if (AuthenticationManager.authenticateIdentityCookie(session, realm, true) == null) {
            AuthenticationManager.expireRememberMeCookie(session);
        }
    }
}
