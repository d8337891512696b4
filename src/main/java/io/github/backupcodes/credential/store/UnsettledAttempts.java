package io.github.backupcodes.credential.store;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;

/**
 * The attempts at codes on this server that were decided, and whose count a rollback may still undo.
 *
 * <p>The lock of a row ends with the rollback, and the attempt is counted again a moment later. Requests that wait for the row would
 * compare in between, so that as many codes could be compared as there are requests at once. While an attempt of a user is not settled,
 * no other one of that user is decided. Other servers do not know of it: if every request is rolled back, each of them can compare one code
 * more than the limit.
 */
public final class UnsettledAttempts {

    private static final ConcurrentMap<String, Integer> NUMBERS = new ConcurrentHashMap<>();

    private static final String BEGUN = UnsettledAttempts.class.getName();

    /** Between a commit, which frees the row, and the note of it. A recount needs the row, so waiting longer would delay it. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private UnsettledAttempts() {}

    /**
     * Called when the row is locked and before a code is compared. The attempt is settled when the transaction is committed, or when the
     * session ends, after all that follows a rollback. A second call in one session does nothing.
     *
     * @throws CredentialLockedException if another attempt of the user is not settled
     */
    public static void begin(KeycloakSession session, UserModel user) {
        if (session.getAttribute(BEGUN) != null) {
            return;
        }
        String key = session.getContext().getRealm().getId() + ' ' + user.getId();
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (NUMBERS.containsKey(key)) {
            if (System.nanoTime() - end > 0) {
                throw new CredentialLockedException();
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        NUMBERS.merge(key, 1, Integer::sum);
        Attempt attempt = new Attempt(key, new AtomicBoolean());
        session.setAttribute(BEGUN, true);
        session.enlistForClose(attempt);
        session.getTransactionManager().enlistAfterCompletion(new Commit(attempt));
    }

    private record Attempt(String key, AtomicBoolean settled) implements Provider {

        private void settle() {
            if (settled.compareAndSet(false, true)) {
                NUMBERS.computeIfPresent(key, (same, number) -> number == 1 ? null : number - 1);
            }
        }

        @Override
        public void close() {
            settle();
        }
    }

    private static final class Commit extends AbstractKeycloakTransaction {

        private final Attempt attempt;

        private Commit(Attempt attempt) {
            this.attempt = attempt;
        }

        @Override
        protected void commitImpl() {
            attempt.settle();
        }

        @Override
        protected void rollbackImpl() {}
    }
}
