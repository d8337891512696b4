package io.github.backupcodes.support;

import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/** Something to be done once the transaction of a request has been committed; when it is rolled back it is not done. */
public final class AfterCommit extends AbstractKeycloakTransaction {

    private final Runnable work;

    private AfterCommit(Runnable work) {
        this.work = work;
    }

    /**
     * Has something done after the commit.
     *
     * @param session whose transaction is meant
     * @param work    short, and without a model of the session: that is over then
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
