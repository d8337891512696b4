package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.Challenge;
import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.ChallengeScope;
import io.github.backupcodes.challenge.ResendSchedule;
import io.github.backupcodes.challenge.SingleUseKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Stores challenges, their tries and their messages.
 *
 * <p>Every method throws a {@link StoreUnavailableException} if the store does not answer.
 */
public final class ChallengeStore {

    /** How many challenges in a row are sent and not entered before the user is told. */
    private static final int MOST_UNUSED = 3;

    private static final long DAY_SECONDS = 86_400;
    private static final String AT = "a";

    private final SingleUseStore store;

    /** Takes the store of the request. */
    public ChallengeStore(SingleUseStore store) {
        this.store = store;
    }

    /** The challenge of a scope: live, or ended a moment ago. */
    public Optional<Challenge> find(ChallengeScope scope) {
        return store.get(scope.key()).flatMap(Challenge::of);
    }

    /** Reserves to make the challenge of a scope. Of several requests, on any server, one may make it. */
    boolean reserve(ChallengeScope scope, Challenge challenge, Instant now) {
        return store.reserve(makeKey(scope), challenge.lifespanSeconds(now));
    }

    /** Gives a reservation back. */
    void release(ChallengeScope scope) {
        store.remove(makeKey(scope));
    }

    /** Stores a challenge. Others see it once the request is committed. */
    void put(ChallengeScope scope, Challenge challenge, Instant now) {
        store.put(scope.key(), challenge.lifespanSeconds(now), challenge.notes());
    }

    /** Removes a challenge whose code was accepted; of several requests one is told that it has removed it. */
    boolean remove(ChallengeScope scope) {
        boolean removed = store.remove(scope.key());
        store.remove(makeKey(scope));
        return removed;
    }

    /**
     * Takes one of the tries of a challenge.
     *
     * @return its number; empty if all are taken. They stay taken, which is the state of the challenge
     */
    OptionalInt takeTry(Challenge challenge) {
        return store.reserveFirst(
                IntStream.range(0, Challenge.TRIES).mapToObj(challenge::tryKey).toList(), challenge.triesSeconds());
    }

    /** Whether all tries of a challenge are taken: they are taken in order. */
    boolean isUsedUp(Challenge challenge) {
        return store.contains(challenge.tryKey(Challenge.TRIES - 1));
    }

    /**
     * Reserves to send a message of a challenge. Of several requests one may. The reservation ends soon: if its request ends without
     * a message, another may send it.
     */
    boolean reserveMessage(Challenge challenge, int number) {
        return store.reserve(challenge.messageKey(number), ResendSchedule.SHORTEST_GAP.toSeconds());
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

    /** The latest message of a challenge. The first is sent with the challenge. */
    MessageStatus latestMessage(Challenge challenge) {
        MessageStatus latest = new MessageStatus(1, challenge.start(), MessageStatus.Outcome.WAITING);
        for (int number = 1; number <= ResendSchedule.MOST_MESSAGES; number++) {
            int current = number;
            Optional<MessageStatus> next =
                    store.get(statusKey(challenge, number)).flatMap(notes -> MessageStatus.of(current, notes));
            if (next.isPresent()) {
                latest = next.get();
            } else if (number > 1) {
                break;
            }
        }
        return latest;
    }

    /**
     * Reserves the time in which no other message is sent for the same credential, whatever the browser; at set-up, in the same browser
     * to the same destination.
     *
     * @param accepted the nonce of the challenge that the credential has accepted last: after that a message is sent at once
     */
    boolean reserveGap(ChallengeScope scope, String accepted, Instant now) {
        SingleUseKey key = gapKey("gp", scope, accepted);
        long seconds = ResendSchedule.SHORTEST_GAP.toSeconds();
        if (!store.reserve(key, seconds)) {
            return false;
        }
        store.put(gapKey("gt", scope, accepted), seconds, Map.of(AT, String.valueOf(now.getEpochSecond())));
        return true;
    }

    /** When the reserved time ends, at the latest. */
    Instant endOfGap(ChallengeScope scope, String accepted, Instant now) {
        return store.get(gapKey("gt", scope, accepted))
                .map(notes -> notes.get(AT))
                .flatMap(ChallengeStore::instant)
                .orElse(now)
                .plus(ResendSchedule.SHORTEST_GAP);
    }

    private static Optional<Instant> instant(@Nullable String seconds) {
        try {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(String.valueOf(seconds))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Gives the time back, because the message was not sent. */
    void releaseGap(ChallengeScope scope, String accepted) {
        store.remove(gapKey("gp", scope, accepted));
    }

    /**
     * Counts a challenge of a sign-in.
     *
     * @param accepted the nonce of the challenge that the credential has accepted last
     * @return its number, for {@link #forgetUnused}; empty if several were sent since and not entered
     */
    OptionalInt countUnused(ChallengeScope scope, String accepted) {
        return store.reserveFirst(
                IntStream.range(0, MOST_UNUSED)
                        .mapToObj(number -> unusedKey(scope, accepted, number))
                        .toList(),
                DAY_SECONDS);
    }

    /** Does not count a challenge whose message was not sent. */
    void forgetUnused(ChallengeScope scope, String accepted, int number) {
        store.remove(unusedKey(scope, accepted, number));
    }

    /** Whether the user is to be told that several codes were not entered: once a day. */
    boolean reserveNoticeOfUnused(ChallengeScope scope) {
        return store.reserve(SingleUseKey.of("ut", scope.realmId(), scope.ownerId()), DAY_SECONDS);
    }

    private static SingleUseKey unusedKey(ChallengeScope scope, String accepted, int number) {
        return SingleUseKey.of("un", scope.realmId(), scope.ownerId(), accepted, String.valueOf(number));
    }

    private static SingleUseKey gapKey(String kind, ChallengeScope scope, String accepted) {
        // at set-up, a number with a typing error must not delay the right one; its limits are those of sending
        return scope.purpose() == ChallengePurpose.SET_UP
                ? SingleUseKey.of(kind, scope.key().value())
                : SingleUseKey.of(kind, scope.purpose().id(), scope.realmId(), scope.ownerId(), accepted);
    }

    private static SingleUseKey statusKey(Challenge challenge, int number) {
        return SingleUseKey.of("st", challenge.nonce(), String.valueOf(number));
    }

    private static SingleUseKey makeKey(ChallengeScope scope) {
        return SingleUseKey.of("mk", scope.key().value());
    }
}
