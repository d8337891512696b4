package io.github.backupcodes.credential.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Semaphore whose permits realms share fairly. A user has at most one permit. Realms take turns, and within a realm the order of arrival
 * counts. If no more may wait, a realm with more waiters than the arriving one gives up its last place, so that a flood in one realm takes
 * no place from another; within a realm the same holds for users.
 */
public final class FairSemaphore {

    /** The realm and the user, by their ids, that a permit is for. */
    public record Claimant(String realm, String user) {

        /** A user of the session's realm. */
        public static Claimant of(KeycloakSession session, UserModel user) {
            return new Claimant(session.getContext().getRealm().getId(), user.getId());
        }
    }

    private final int permits;
    private final int mostWaiting;
    private final int mostWaitingOfUser;
    private final Lock lock = new ReentrantLock();

    /** One permit each. */
    private final Set<Claimant> holders = new HashSet<>();

    /** In the order of arrival. None of them could get a permit now. */
    private final List<Waiter> waiters = new ArrayList<>();

    /** When a realm had its last turn; empty as soon as no one waits. */
    private final Map<String, Long> turns = new HashMap<>();

    private long turn;

    FairSemaphore(int permits, int mostWaiting, int mostWaitingOfUser) {
        this.permits = permits;
        this.mostWaiting = mostWaiting;
        this.mostWaitingOfUser = mostWaitingOfUser;
    }

    /**
     * Waits for a permit.
     *
     * @return whether the claimant has one: not if too many wait already, if someone else has the better right to the place, or if the time
     *     is over. An interrupt ends the wait as well, and is kept
     */
    boolean tryAcquire(Claimant claimant, Duration longest) {
        lock.lock();
        try {
            if (isFreeFor(claimant)) {
                holders.add(claimant);
                return true;
            }
            if (!makePlace(claimant)) {
                return false;
            }
            Waiter waiter = new Waiter(claimant, lock.newCondition());
            waiters.add(waiter);
            return await(waiter, longest);
        } finally {
            lock.unlock();
        }
    }

    /** Passes the permit on to the next waiter. */
    void release(Claimant claimant) {
        lock.lock();
        try {
            if (!holders.remove(claimant)) {
                throw new IllegalStateException("a permit was released that was not acquired");
            }
            grant();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFreeFor(Claimant claimant) {
        return holders.size() < permits && !holders.contains(claimant);
    }

    private void grant() {
        for (Optional<Waiter> next = next(); next.isPresent(); next = next()) {
            Waiter waiter = next.get();
            waiters.remove(waiter);
            holders.add(waiter.claimant);
            turns.put(waiter.claimant.realm(), ++turn);
            waiter.end(Outcome.GRANTED);
        }
        if (waiters.isEmpty()) {
            turns.clear();
        }
    }

    /** The first waiter of the realm whose last turn is the longest ago. */
    private Optional<Waiter> next() {
        return waiters.stream()
                .filter(waiter -> isFreeFor(waiter.claimant))
                .min(Comparator.comparingLong(waiter -> turns.getOrDefault(waiter.claimant.realm(), 0L)));
    }

    /** Whether one more may wait; another waiter may be sent away for that. */
    private boolean makePlace(Claimant claimant) {
        if (waitingOf(claimant) >= mostWaitingOfUser) {
            return false;
        }
        if (waiters.size() < mostWaiting) {
            return true;
        }
        Optional<Waiter> last = lastOfMost().filter(waiter -> hasMoreThan(waiter.claimant, claimant));
        last.ifPresent(waiter -> {
            waiters.remove(waiter);
            waiter.end(Outcome.SENT_AWAY);
        });
        return last.isPresent();
    }

    /** The last waiter of the user with most waiters in the realm with most waiters. */
    private Optional<Waiter> lastOfMost() {
        return waiters.stream()
                .max(Comparator.<Waiter>comparingLong(waiter -> waitingOf(waiter.claimant.realm()))
                        .thenComparingLong(waiter -> waitingOf(waiter.claimant))
                        .thenComparingInt(waiters::indexOf));
    }

    /** Whether one would still not have fewer if it gave a place to the other. */
    private boolean hasMoreThan(Claimant one, Claimant other) {
        return one.realm().equals(other.realm())
                ? waitingOf(one) > waitingOf(other) + 1
                : waitingOf(one.realm()) > waitingOf(other.realm()) + 1;
    }

    private long waitingOf(String realm) {
        return waiters.stream()
                .filter(waiter -> waiter.claimant.realm().equals(realm))
                .count();
    }

    private long waitingOf(Claimant claimant) {
        return waiters.stream()
                .filter(waiter -> waiter.claimant.equals(claimant))
                .count();
    }

    private boolean await(Waiter waiter, Duration longest) {
        try {
            long left = longest.toNanos();
            while (waiter.outcome == Outcome.WAITING && left > 0) {
                left = waiter.ended.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // does nothing if it was decided meanwhile
        waiters.remove(waiter);
        return waiter.outcome == Outcome.GRANTED;
    }

    private enum Outcome {
        WAITING,
        GRANTED,
        SENT_AWAY
    }

    /** Guarded by the lock. */
    private static final class Waiter {

        private final Claimant claimant;
        private final Condition ended;
        private Outcome outcome = Outcome.WAITING;

        private Waiter(Claimant claimant, Condition ended) {
            this.claimant = claimant;
            this.ended = ended;
        }

        private void end(Outcome how) {
            outcome = how;
            ended.signal();
        }
    }
}
