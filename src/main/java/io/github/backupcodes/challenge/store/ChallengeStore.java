package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.Challenge;
import io.github.backupcodes.challenge.ChallengeScope;
import io.github.backupcodes.challenge.SingleUseKey;
import io.github.backupcodes.challenge.store.SingleUseStore.Reservation;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Stores challenges and their tries. */
public final class ChallengeStore {

    private final SingleUseStore store;

    /** Takes the store of the request. */
    public ChallengeStore(SingleUseStore store) {
        this.store = store;
    }

    /** The challenge of a scope: live, or ended a moment ago. */
    public Optional<Challenge> find(ChallengeScope scope) {
        return store.get(scope.key()).flatMap(Challenge::of);
    }

    /**
     * Reserves to make the challenge of a scope. Of several requests, on any server, one may make it.
     *
     * @throws StoreUnavailableException if the store does not answer
     */
    public boolean reserve(ChallengeScope scope, Challenge challenge, Instant now) {
        Reservation reservation = store.reserve(makeKey(scope), challenge.lifespanSeconds(now));
        if (reservation == Reservation.UNAVAILABLE) {
            throw new StoreUnavailableException();
        }
        return reservation == Reservation.RESERVED;
    }

    /** Gives a reservation back; of several requests one is told that it has. */
    public boolean release(ChallengeScope scope) {
        return store.remove(makeKey(scope));
    }

    /** Stores a challenge. Others see it once the request is committed. */
    public void put(ChallengeScope scope, Challenge challenge, Instant now) {
        store.put(scope.key(), challenge.lifespanSeconds(now), challenge.notes());
    }

    /** Removes a challenge whose code was accepted. */
    public void remove(ChallengeScope scope) {
        store.remove(scope.key());
        store.remove(makeKey(scope));
    }

    /**
     * Takes one of the tries of a challenge.
     *
     * @return its number; empty if all are taken. They stay taken, which is the state of the challenge
     * @throws StoreUnavailableException if the store does not answer
     */
    public OptionalInt takeTry(Challenge challenge, Instant now) {
        for (int number = 0; number < Challenge.TRIES; number++) {
            Reservation reservation = store.reserve(challenge.tryKey(number), challenge.lifespanSeconds(now));
            if (reservation == Reservation.UNAVAILABLE) {
                throw new StoreUnavailableException();
            }
            if (reservation == Reservation.RESERVED) {
                return OptionalInt.of(number);
            }
        }
        return OptionalInt.empty();
    }

    /** Takes a try again that a rollback of the request has given back, see {@link SingleUseStore#isUndoneByRollback}. */
    public void restoreTry(Challenge challenge, int number, Instant now) {
        store.reserve(challenge.tryKey(number), challenge.lifespanSeconds(now));
    }

    /** Whether all tries of a challenge are taken: they are taken in order. */
    public boolean isUsedUp(Challenge challenge) {
        return store.contains(challenge.tryKey(Challenge.TRIES - 1));
    }

    private static SingleUseKey makeKey(ChallengeScope scope) {
        return SingleUseKey.of("mk", scope.key().value());
    }
}
