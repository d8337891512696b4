package io.github.backupcodes.credential.store;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;

/**
 * An attempt at a code whose count a rollback may still undo.
 *
 * <p>The lock of a row ends with the rollback, and the attempt is counted again a moment later. Requests that wait for the row would
 * compare in between, so that as many codes could be compared as there are requests at once. Therefore no attempt is decided while
 * another one of the user has to be counted again. Other servers do not know of it: if every request is rolled back, each of them can
 * compare one code more than the limit.
 */
public final class UnsettledAttempt extends AbstractKeycloakTransaction implements Provider {

    private static final Set<UnsettledAttempt> STARTED = ConcurrentHashMap.newKeySet();

    private static final String ATTRIBUTE = UnsettledAttempt.class.getName();

    /** Between a commit, which frees the row, and the note of it, other servers may have to be told of the change. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private final String user;
    private volatile boolean rolledBack;

    private UnsettledAttempt(String user) {
        this.user = user;
    }

    /**
     * Prepares an attempt, before anything is enlisted that counts it after a rollback. A session has one.
     *
     * @param session of the request; the attempt is settled when its transaction is committed, or when it ends, after all that follows a
     *     rollback
     */
    public static UnsettledAttempt of(KeycloakSession session, UserModel user) {
        UnsettledAttempt existing = session.getAttribute(ATTRIBUTE, UnsettledAttempt.class);
        if (existing != null) {
            return existing;
        }
        UnsettledAttempt attempt =
                new UnsettledAttempt(session.getContext().getRealm().getId() + ' ' + user.getId());
        session.setAttribute(ATTRIBUTE, attempt);
        session.enlistForClose(attempt);
        session.getTransactionManager().enlistAfterCompletion(attempt);
        return attempt;
    }

    /**
     * Called when the row is locked, or where there is none the tries are taken, and before a code is compared.
     *
     * @throws CredentialLockedException if another attempt of the user has to be counted again
     */
    public void start() {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (STARTED.stream().anyMatch(this::waitsFor)) {
            // what is counted again needs the row that this request holds
            if (System.nanoTime() - end > 0
                    || STARTED.stream().anyMatch(other -> waitsFor(other) && other.rolledBack)) {
                throw new CredentialLockedException();
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        STARTED.add(this);
    }

    private boolean waitsFor(UnsettledAttempt other) {
        return other != this && other.user.equals(user);
    }

    @Override
    protected void commitImpl() {
        STARTED.remove(this);
    }

    @Override
    protected void rollbackImpl() {
        rolledBack = true;
    }

    @Override
    public void close() {
        STARTED.remove(this);
    }
}
