package io.github.backupcodes.support;

import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Something to be done in a transaction of its own where the transaction of a request is rolled back, before the request is
 * answered; when it is committed it is not done. The counterpart of {@link AfterCommit}.
 */
public final class AfterRollback extends AbstractKeycloakTransaction {

    private static final Logger LOG = Logger.getLogger(AfterRollback.class);

    /** A row may be held by somebody else for a while. */
    private static final int TRIES = 3;

    private final KeycloakSessionFactory sessions;
    private final String realmId;
    private final String userId;
    private final BiConsumer<KeycloakSession, UserModel> work;

    private AfterRollback(KeycloakSession session, UserModel user, BiConsumer<KeycloakSession, UserModel> work) {
        this.sessions = session.getKeycloakSessionFactory();
        this.realmId = session.getContext().getRealm().getId();
        this.userId = user.getId();
        this.work = work;
    }

    /**
     * Has something done after a rollback. What fails is tried three times, each time in a new transaction, and then logged.
     *
     * @param session whose transaction is meant
     * @param user    whom it is about; nothing is done when the user is gone by then
     * @param work    with a session of its own for the same realm, and the user as that session has it; without anything of
     *                the session whose transaction was rolled back
     */
    public static void run(KeycloakSession session, UserModel user, BiConsumer<KeycloakSession, UserModel> work) {
        session.getTransactionManager().enlistAfterCompletion(new AfterRollback(session, user, work));
    }

    @Override
    protected void commitImpl() {}

    @Override
    protected void rollbackImpl() {
        for (int tries = 1; tries <= TRIES; tries++) {
            try {
                KeycloakModelUtils.runJobInTransaction(sessions, this::runIn);
                return;
            } catch (RuntimeException e) {
                // Keycloak would swallow it
                LOG.errorf(e, "After a rollback, for user %s: try %d of %d failed", userId, tries, TRIES);
            }
        }
    }

    private void runIn(KeycloakSession session) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return;
        }
        session.getContext().setRealm(realm);
        UserModel user = session.users().getUserById(realm, userId);
        if (user != null) {
            work.accept(session, user);
        }
    }
}
