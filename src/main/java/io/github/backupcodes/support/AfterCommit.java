package io.github.backupcodes.support;

import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/** Runs work after the transaction of a request was committed; if it is rolled back, the work does not run. */
public final class AfterCommit extends AbstractKeycloakTransaction {

    private final Runnable work;

    private AfterCommit(Runnable work) {
        this.work = work;
    }

    /**
     * Runs work after the commit.
     *
     * @param session the session of the transaction
     * @param work    short, and without any model of the session, which has ended by then
     */
    public static void run(KeycloakSession session, Runnable work) {
        session.getTransactionManager().enlistAfterCompletion(new AfterCommit(work));
    }

    @Override
    protected void commitImpl() {
        work.run();
    }

    @Override
    protected void rollbackImpl() {}
}
