package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.Challenge;
import io.github.backupcodes.challenge.ChallengeScope;
import io.github.backupcodes.challenge.ResendSchedule;
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

    /** Reserves to send a message of a challenge. Of several requests one may. */
    boolean reserveMessage(Challenge challenge, int number, Instant now) {
        return store.reserve(challenge.messageKey(number), challenge.lifespanSeconds(now)) == Reservation.RESERVED;
    }

    /** Gives the reservation back. */
    void releaseMessage(Challenge challenge, int number) {
        store.remove(challenge.messageKey(number));
    }

    /** Stores what is known of a message. */
    void put(Challenge challenge, MessageStatus status, Instant now) {
        long seconds = challenge.lifespanSeconds(now);
        if (seconds > 0) {
            store.put(statusKey(challenge, status.number()), seconds, status.notes());
        }
    }

    /** The latest message of a challenge; empty if none is known yet. */
    Optional<MessageStatus> latestMessage(Challenge challenge) {
        Optional<MessageStatus> latest = Optional.empty();
        for (int number = 1; number <= ResendSchedule.MOST_MESSAGES; number++) {
            int current = number;
            Optional<MessageStatus> next = store.get(statusKey(challenge, number))
                    .flatMap(notes -> MessageStatus.of(current, notes));
            if (next.isEmpty()) {
                break;
            }
            latest = next;
        }
        return latest;
    }

    /**
     * Reserves the time in which no other message is sent for the same credential, whatever the browser.
     *
     * @param accepted the nonce of the challenge that the credential has accepted last: after that a message is sent at once
     */
    boolean reserveGap(ChallengeScope scope, String accepted) {
        return store.reserve(gapKey(scope, accepted), ResendSchedule.SHORTEST_GAP.toSeconds())
                == Reservation.RESERVED;
    }

    /** Gives the time back, because the message was not sent. */
    void releaseGap(ChallengeScope scope, String accepted) {
        store.remove(gapKey(scope, accepted));
    }

    private static SingleUseKey gapKey(ChallengeScope scope, String accepted) {
        return SingleUseKey.of("gp", scope.purpose().id(), scope.realmId(), scope.ownerId(), accepted);
    }

    private static SingleUseKey statusKey(Challenge challenge, int number) {
        return SingleUseKey.of("st", challenge.nonce(), String.valueOf(number));
    }

    private static SingleUseKey makeKey(ChallengeScope scope) {
        return SingleUseKey.of("mk", scope.key().value());
    }
}
