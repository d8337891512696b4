package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.Challenge;
import io.github.backupcodes.challenge.ChallengeScope;
import io.github.backupcodes.challenge.ResendSchedule;
import io.github.backupcodes.challenge.store.ChallengeState.Kind;
import io.github.backupcodes.support.AfterCommit;
import io.github.backupcodes.support.AfterRollback;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Makes the challenge of a sign-in or set-up, and has its messages sent. All requests call it alike, whether a page is opened for the
 * first time, loaded again, in another tab or after “back”: only one of them makes the challenge, and only asking for it sends again.
 */
public final class ChallengeSending {

    private final KeycloakSession session;
    private final UserModel user;
    private final SingleUseStore objects;
    private final ChallengeStore challenges;
    private final SendingPlaces places;
    private final Queue queue;
    private final SecureRandom random;

    /** Takes messages after the commit. It never waits and never throws. */
    @FunctionalInterface
    public interface Queue {

        /**
         * Queues a message.
         *
         * @param undo gives the places of the message back, if it cannot be sent
         */
        void add(VerificationMessage message, Undo undo);
    }

    /** Gives the places of a message back, in a session of its own. */
    @FunctionalInterface
    public interface Undo {

        /** Takes a session of the queue. */
        void run(KeycloakSession own);
    }

    /**
     * What a code is to be sent for.
     *
     * @param scope    what the challenge is bound to
     * @param accepted the nonce of the challenge that the credential has accepted last; empty for none
     * @param validity how long a code works
     * @param digits   how many digits a code has
     * @param claims   the limits that each message counts for
     */
    public record Order(
            ChallengeScope scope, String accepted, Duration validity, int digits, List<SendingPlaces.Claim> claims) {

        /** Copies the list. */
        public Order {
            claims = List.copyOf(claims);
        }
    }

    /** Takes what the server shares, and the user of the request. */
    public ChallengeSending(
            KeycloakSession session, UserModel user, SendingBlocks blocks, Queue queue, SecureRandom random) {
        this.session = session;
        this.user = user;
        this.objects = new SingleUseStore(session);
        this.challenges = new ChallengeStore(objects);
        this.places = new SendingPlaces(objects, blocks);
        this.queue = queue;
        this.random = random;
    }

    /** Shows the challenge, and makes it if there is none. */
    public ChallengeState open(Order order) {
        Instant now = Instant.now();
        try {
            Optional<Challenge> live =
                    challenges.find(order.scope()).filter(challenge -> !challenge.isExpired(now));
            return live.isPresent() ? shown(live.get(), false) : make(order, now);
        } catch (StoreUnavailableException e) {
            return ChallengeState.of(Kind.UNAVAILABLE);
        }
    }

    /** Sends again, if it is time: the same code in the first two thirds of its life, otherwise a new one. */
    public ChallengeState again(Order order) {
        Instant now = Instant.now();
        try {
            Optional<Challenge> found = challenges.find(order.scope());
            if (found.isEmpty()) {
                // reserved by a request that has ended without it
                return challenges.release(order.scope()) || !isReserved(order, now)
                        ? make(order, now)
                        : ChallengeState.of(Kind.ELSEWHERE);
            }
            Challenge challenge = found.get();
            Optional<MessageStatus> latest = challenges.latestMessage(challenge);
            if (latest.isPresent() && !isDue(challenge, latest.get(), now)) {
                return shown(challenge, false);
            }
            int number = latest.map(MessageStatus::number).orElse(0) + 1;
            return sendNext(order, challenge, number, now);
        } catch (StoreUnavailableException e) {
            return ChallengeState.of(Kind.UNAVAILABLE);
        }
    }

    /** A code that has expired, or of which all tries are taken, is replaced at once. */
    private boolean isDue(Challenge challenge, MessageStatus latest, Instant now) {
        return challenge.isExpired(now)
                || challenges.isUsedUp(challenge)
                || latest.outcome().hasFailed()
                || ResendSchedule.next(latest.number(), latest.at())
                        .filter(next -> !now.isBefore(next))
                        .isPresent();
    }

    private boolean isReserved(Order order, Instant now) {
        return challenges.find(order.scope())
                .filter(challenge -> !challenge.isExpired(now))
                .isPresent();
    }

    private ChallengeState make(Order order, Instant now) {
        Optional<ChallengeKey> key = ChallengeKey.current(session, realm());
        if (key.isEmpty()) {
            return ChallengeState.of(Kind.IMPOSSIBLE);
        }
        Challenge challenge = Challenge.generate(key.get().id(), order.validity(), now, random);
        if (!challenges.reserve(order.scope(), challenge, now)) {
            return ChallengeState.of(Kind.ELSEWHERE);
        }
        Optional<SendingPlaces.Taken> taken = Optional.empty();
        boolean gap = false;
        try {
            gap = challenges.reserveGap(order.scope(), order.accepted());
            taken = gap ? places.take(order.claims(), now) : Optional.empty();
        } finally {
            if (taken.isEmpty()) {
                challenges.release(order.scope());
                if (gap) {
                    challenges.releaseGap(order.scope(), order.accepted());
                }
            }
        }
        if (taken.isEmpty()) {
            return ChallengeState.of(gap ? Kind.TOO_MANY : Kind.ELSEWHERE);
        }
        undoOnRollback(order, taken.get(), true);
        challenges.put(order.scope(), challenge, now);
        return send(order, challenge, 1, taken.get(), false, now);
    }

    private ChallengeState sendNext(Order order, Challenge challenge, int number, Instant now) {
        boolean same = !challenge.isExpired(now)
                && challenge.sendsSameCode(now)
                && number <= ResendSchedule.MOST_MESSAGES
                && !challenges.isUsedUp(challenge);
        Optional<ChallengeKey> key = ChallengeKey.current(session, realm());
        if (key.isEmpty()) {
            return ChallengeState.of(Kind.IMPOSSIBLE);
        }
        // one of several requests goes on, also if it replaces the challenge
        if (!challenges.reserveMessage(challenge, number, now)) {
            return shown(challenge, false);
        }
        Optional<SendingPlaces.Taken> taken = places.take(order.claims(), now);
        if (taken.isEmpty()) {
            challenges.releaseMessage(challenge, number);
            return ChallengeState.of(Kind.TOO_MANY);
        }
        undoOnRollback(order, taken.get(), false);
        if (same) {
            return send(order, challenge, number, taken.get(), false, now);
        }
        Challenge next = challenges.isUsedUp(challenge)
                ? Challenge.generate(key.get().id(), order.validity(), now, random)
                : challenge.renew(key.get().id(), order.validity(), now, random);
        challenges.put(order.scope(), next, now);
        return send(order, next, 1, taken.get(), true, now);
    }

    private ChallengeState send(
            Order order,
            Challenge challenge,
            int number,
            SendingPlaces.Taken taken,
            boolean newCode,
            Instant now) {
        MessageStatus status = new MessageStatus(number, now, MessageStatus.Outcome.WAITING);
        challenges.put(challenge, status, now);
        VerificationMessage message = new VerificationMessage(
                realm().getId(), user.getId(), order.scope(), challenge, number, order.digits(), now);
        AfterCommit.run(session, () -> queue.add(message, own -> undo(own, order, taken)));
        return new ChallengeState(
                Kind.SENT,
                challenge,
                ResendSchedule.next(number, now).orElse(null),
                newCode,
                false);
    }

    private ChallengeState shown(Challenge challenge, boolean newCode) {
        Optional<MessageStatus> latest = challenges.latestMessage(challenge);
        return new ChallengeState(
                Kind.SENT,
                challenge,
                latest.flatMap(status -> ResendSchedule.next(status.number(), status.at()))
                        .orElse(null),
                newCode,
                latest.filter(status -> status.outcome().hasFailed()).isPresent());
    }

    /** With JPA the database undoes it itself; giving back what someone else has taken by then would be one message too many. */
    private void undoOnRollback(Order order, SendingPlaces.Taken taken, boolean made) {
        if (objects.isUndoneByRollback()) {
            return;
        }
        AfterRollback.run(session, user, (own, same) -> {
            undo(own, order, taken);
            if (made) {
                new ChallengeStore(new SingleUseStore(own)).release(order.scope());
            }
        });
    }

    private void undo(KeycloakSession own, Order order, SendingPlaces.Taken taken) {
        SingleUseStore store = new SingleUseStore(own);
        places.in(store).release(taken, Instant.now());
        new ChallengeStore(store).releaseGap(order.scope(), order.accepted());
    }

    private RealmModel realm() {
        return session.getContext().getRealm();
    }
}
