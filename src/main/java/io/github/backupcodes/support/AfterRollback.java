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
 * Runs work in its own transaction if the transaction of a request is rolled back, before the response is sent; if it
 * is committed, the work does not run. The counterpart of {@link AfterCommit}.
 */
public final class AfterRollback extends AbstractKeycloakTransaction {

    private static final Logger LOG = Logger.getLogger(AfterRollback.class);

    /** More than one, because another transaction may hold a row for a while. */
    private static final int MAX_ATTEMPTS = 3;

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
     * Runs work after a rollback. If it fails, it is tried up to three times, each time in a new transaction; every
     * failure is logged.
     *
     * @param session the session of the transaction
     * @param user    the user concerned; the work does not run if the user no longer exists by then
     * @param work    gets its own session for the same realm, and the user as loaded by that session; must not use
     *     anything of the session whose transaction was rolled back
     */
    public static void run(KeycloakSession session, UserModel user, BiConsumer<KeycloakSession, UserModel> work) {
        session.getTransactionManager().enlistAfterCompletion(new AfterRollback(session, user, work));
    }

    @Override
    protected void commitImpl() {}

    @Override
    protected void rollbackImpl() {
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            try {
                KeycloakModelUtils.runJobInTransaction(sessions, this::runIn);
                return;
            } catch (RuntimeException e) {
                // Keycloak would swallow it
                LOG.errorf(
                        e,
                        "Attempt %d of %d to run work after a rollback failed for user %s",
                        attempt,
                        MAX_ATTEMPTS,
                        userId);
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
