package io.github.backupcodes.admin;

import io.github.backupcodes.credential.ChangedCodesQuery;
import io.github.backupcodes.notification.NotificationProvider;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * Revokes all codes of users whose codes were changed in a period, each user in a separate transaction: what was done
 * is kept, and memory use does not grow with the realm.
 */
final class ChangedCodesRevocation {

    private static final Logger LOG = Logger.getLogger(ChangedCodesRevocation.class);

    private final KeycloakSessionFactory sessions;
    private final String realm;
    private final AdminEventBuilder events;
    private final Instant since;
    private final Instant until;
    private final int max;
    private int users;
    private int failed;

    ChangedCodesRevocation(
            KeycloakSession session, RealmModel realm, AdminEventBuilder events, ChangedCodesRequest request) {
        this.sessions = session.getKeycloakSessionFactory();
        this.realm = realm.getId();
        this.events = events;
        this.since = request.from();
        this.until = request.to();
        this.max = request.maxUsers();
    }

    ChangedCodesReport run() {
        boolean complete = List.of(ChangedCodesQuery.values()).stream().allMatch(this::processAll);
        return new ChangedCodesReport(users, failed, complete);
    }

    /** Returns whether all credentials of the query were processed. */
    private boolean processAll(ChangedCodesQuery query) {
        String last = "";
        while (true) {
            String after = last;
            List<ChangedCodesQuery.Candidate> page = KeycloakModelUtils.runJobInTransactionWithResult(
                    sessions, session -> query.after(after, session.realms().getRealm(realm), session));
            if (page.isEmpty()) {
                return true;
            }
            for (ChangedCodesQuery.Candidate credential : page) {
                if (credential.wasChanged(since, until)) {
                    if (users >= max) {
                        return false;
                    }
                    revoke(credential.user());
                }
            }
            last = page.get(page.size() - 1).credential();
        }
    }

    private void revoke(String user) {
        try {
            if (KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> revoke(user, session))) {
                users++;
            }
        } catch (RuntimeException e) {
            failed++;
            LOG.warnf("The backup codes of user %s were not revoked: %s", user, e);
        }
    }

    private boolean revoke(String id, KeycloakSession session) {
        RealmModel current = session.realms().getRealm(realm);
        session.getContext().setRealm(current);
        UserModel user = session.users().getUserById(current, id);
        if (user == null) {
            throw new IllegalStateException("the user does not exist");
        }
        return new CodeRevocation(session, user).run(NotificationProvider::notifySynchronously, events.clone(session));
    }
}
