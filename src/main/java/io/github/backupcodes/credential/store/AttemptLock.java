package io.github.backupcodes.credential.store;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;

/**
 * Lets the attempts of one user at a code follow one another on this server, each with what it counts after a rollback.
 *
 * <p>The lock of a row ends with the rollback, and the attempt is counted again a moment later. Without this lock, requests that wait for
 * the row would compare in between, so that as many codes could be compared as there are requests at once. Other servers do not wait:
 * if every request is rolled back, each of them can compare one code more than the limit.
 */
public final class AttemptLock implements Provider {

    private static final ConcurrentMap<String, Turn> TURNS = new ConcurrentHashMap<>();

    private static final String HELD = AttemptLock.class.getName() + ".";

    private final String key;
    private final Turn turn;

    private AttemptLock(String key, Turn turn) {
        this.key = key;
        this.turn = turn;
    }

    /**
     * Waits until no other request on this server is verifying a code of the user. The lock ends with the session, which is after the
     * transaction and all that follows a rollback. A second call in one session does nothing.
     *
     * @throws CredentialLockedException if others take longer than a user should wait
     */
    public static void acquire(KeycloakSession session, UserModel user) {
        String held = HELD + user.getId();
        if (session.getAttribute(held) != null) {
            return;
        }
        String key = session.getContext().getRealm().getId() + ' ' + user.getId();
        Turn turn = TURNS.compute(key, (same, current) -> (current == null ? new Turn() : current).joined());
        AttemptLock lock = new AttemptLock(key, turn);
        if (!turn.await()) {
            lock.leave();
            throw new CredentialLockedException();
        }
        session.setAttribute(held, true);
        session.enlistForClose(lock);
    }

    @Override
    public void close() {
        turn.free.release();
        leave();
    }

    private void leave() {
        TURNS.computeIfPresent(key, (same, current) -> current.left());
    }

    /** The turn of one user; it is forgotten when no request has it or waits for it. */
    private static final class Turn {

        private final Semaphore free = new Semaphore(1, true);
        private int requests;

        private Turn joined() {
            requests++;
            return this;
        }

        private @Nullable Turn left() {
            requests--;
            return requests == 0 ? null : this;
        }

        private boolean await() {
            try {
                return free.tryAcquire(LockDialect.LONGEST_WAIT, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
