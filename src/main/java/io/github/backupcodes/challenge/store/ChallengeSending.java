package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.Challenge;
import io.github.backupcodes.challenge.ResendSchedule;
import io.github.backupcodes.challenge.store.ChallengeState.Answer;
import io.github.backupcodes.challenge.store.ChallengeState.Kind;
import io.github.backupcodes.challenge.store.SendingPlaces.Place;
import io.github.backupcodes.support.AfterCommit;
import io.github.backupcodes.support.AfterRollback;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
    private final SendingBlocks blocks;
    private final SendingPlaces places;
    private final Queue queue;
    private final SecureRandom random;

    /** Takes messages after the commit. It never waits and never throws. */
    @FunctionalInterface
    public interface Queue {

        /**
         * Queues a message.
         *
         * @param message the message
         * @param undo    gives its places back if it cannot be sent, in a session of the queue
         */
        void add(VerificationMessage message, Consumer<KeycloakSession> undo);
    }

    /**
     * Takes what the server shares, and the user of the request.
     *
     * @param session of the request
     * @param user    who gets the messages
     * @param blocks  of this server
     * @param queue   of this server
     * @param random  makes the challenges
     */
    public ChallengeSending(
            KeycloakSession session, UserModel user, SendingBlocks blocks, Queue queue, SecureRandom random) {
        this.session = session;
        this.user = user;
        this.objects = new SingleUseStore(session);
        this.challenges = new ChallengeStore(objects);
        this.blocks = blocks;
        this.places = new SendingPlaces(session, blocks);
        this.queue = queue;
        this.random = random;
    }

    /** Shows the challenge, and makes it if there is none. It never sends again. */
    public ChallengeState open(SendingOrder order) {
        Instant now = Instant.now();
        try {
            Optional<Challenge> found = challenges.find(order.scope());
            return found.isPresent() ? shown(found.get(), now) : make(order, now);
        } catch (StoreUnavailableException e) {
            return ChallengeState.of(Kind.UNAVAILABLE);
        }
    }

    /** Shows the challenge without making one. */
    public ChallengeState show(SendingOrder order) {
        Instant now = Instant.now();
        try {
            return challenges
                    .find(order.scope())
                    .map(challenge -> shown(challenge, now))
                    .orElseGet(() -> ChallengeState.of(Kind.EXPIRED));
        } catch (StoreUnavailableException e) {
            return ChallengeState.of(Kind.UNAVAILABLE);
        }
    }

    /** Sends again, if it is time: the same code in the first two thirds of its life, otherwise a new one. */
    public ChallengeState again(SendingOrder order) {
        Instant now = Instant.now();
        try {
            Optional<Challenge> found = challenges.find(order.scope());
            if (found.isEmpty()) {
                // a request that has ended without a challenge may have left its reservation
                challenges.release(order.scope());
                return make(order, now);
            }
            Challenge challenge = found.get();
            MessageStatus latest = challenges.latestMessage(challenge);
            ChallengeState shown = over(challenge, now).orElseGet(() -> sent(latest));
            if (!isDue(shown, latest, now)) {
                return shown.with(Answer.TOO_EARLY);
            }
            return sendNext(order, challenge, shown.kind(), latest.number() + 1, now);
        } catch (StoreUnavailableException e) {
            return ChallengeState.of(Kind.UNAVAILABLE);
        }
    }

    /** A code that no longer works, or that was not sent, is replaced at once; one that cannot be sent is not sent again. */
    private static boolean isDue(ChallengeState shown, MessageStatus latest, Instant now) {
        if (shown.kind() == Kind.REFUSED) {
            return false;
        }
        return shown.kind() != Kind.SENT
                || ResendSchedule.next(latest.number(), latest.at())
                        .filter(next -> !now.isBefore(next))
                        .isPresent();
    }

    private ChallengeState make(SendingOrder order, Instant now) {
        Optional<ChallengeKey> key = ChallengeKey.current(session, realm());
        if (key.isEmpty()) {
            return ChallengeState.of(Kind.IMPOSSIBLE);
        }
        Challenge challenge = Challenge.generate(key.get().id(), order.validity(), now, random);
        if (!challenges.reserve(order.scope(), challenge, now)) {
            // a request of the same browser, whose message is on its way
            return ChallengeState.of(Kind.SENT, now.plus(ResendSchedule.SHORTEST_GAP));
        }
        boolean gap = false;
        SendingPlaces.Taken taken = null;
        boolean stored = false;
        try {
            gap = challenges.reserveGap(order.scope(), order.accepted(), now);
            if (!gap) {
                return ChallengeState.of(Kind.ELSEWHERE, challenges.endOfGap(order.scope(), order.accepted(), now));
            }
            taken = places.take(order.claimsOfFirst(), now);
            if (taken.reached().isPresent()) {
                return ChallengeState.limited(taken.reached().get());
            }
            challenges.put(order.scope(), challenge, now);
            stored = true;
        } finally {
            if (!stored) {
                challenges.release(order.scope());
                if (gap) {
                    challenges.releaseGap(order.scope(), order.accepted());
                }
                giveBack(taken, now);
            }
        }
        undoOnRollback(order, taken.places(), own -> own.release(order.scope()));
        if (!order.isForSignIn()) {
            return send(order, challenge, 1, taken.places(), now, own -> {});
        }
        OptionalInt counted = challenges.countUnused(order.scope(), order.accepted());
        boolean unused = counted.isEmpty() && challenges.reserveNoticeOfUnused(order.scope());
        return send(
                        order,
                        challenge,
                        1,
                        taken.places(),
                        now,
                        own -> counted.ifPresent(number -> own.forgetUnused(order.scope(), order.accepted(), number)))
                .withUnused(unused);
    }

    private void giveBack(SendingPlaces.@Nullable Taken taken, Instant now) {
        if (taken != null) {
            places.release(taken.places(), now);
        }
    }

    private ChallengeState sendNext(SendingOrder order, Challenge challenge, Kind kind, int number, Instant now) {
        Optional<ChallengeKey> key = ChallengeKey.current(session, realm());
        if (key.isEmpty()) {
            return ChallengeState.of(Kind.IMPOSSIBLE);
        }
        // one of several requests goes on, also if it replaces the challenge
        if (!challenges.reserveMessage(challenge, number)) {
            return shown(challenge, now);
        }
        SendingPlaces.Taken taken = null;
        boolean sameCode = kind != Kind.EXPIRED
                && kind != Kind.USED_UP
                && challenge.sendsSameCode(now)
                && number <= ResendSchedule.MOST_MESSAGES;
        Challenge next =
                sameCode ? challenge : successor(challenge, kind, key.get().id(), order.validity(), now);
        boolean stored = false;
        try {
            taken = places.take(order.claims(), now);
            if (taken.reached().isPresent()) {
                return shown(challenge, now).withLimit(taken.reached().get());
            }
            if (sameCode) {
                challenges.put(challenge, new MessageStatus(number, now, MessageStatus.Outcome.WAITING), now);
            } else {
                challenges.put(order.scope(), next, now);
            }
            stored = true;
        } finally {
            if (!stored) {
                challenges.releaseMessage(challenge, number);
                giveBack(taken, now);
            }
        }
        undoOnRollback(order, taken.places(), own -> own.releaseMessage(challenge, number));
        return send(order, next, sameCode ? number : 1, taken.places(), now, own -> {})
                .with(sameCode ? Answer.SAME_CODE : Answer.NEW_CODE);
    }

    /** One whose tries are used up has new ones, any other keeps them. */
    private Challenge successor(Challenge challenge, Kind kind, String keyId, Duration validity, Instant now) {
        return kind == Kind.USED_UP
                ? Challenge.generate(keyId, validity, now, random)
                : challenge.renew(keyId, validity, now, random);
    }

    private ChallengeState send(
            SendingOrder order,
            Challenge challenge,
            int number,
            List<Place> taken,
            Instant now,
            Consumer<ChallengeStore> ifNotSent) {
        VerificationMessage message = new VerificationMessage(
                realm().getId(),
                realm().getName(),
                user.getId(),
                order.scope(),
                challenge,
                number,
                order.digits(),
                now);
        SendingBlocks shared = blocks;
        AfterCommit.run(
                session,
                () -> queue.add(message, own -> {
                    new SendingPlaces(own, shared).release(taken, Instant.now());
                    ChallengeStore store = new ChallengeStore(new SingleUseStore(own));
                    store.releaseGap(order.scope(), order.accepted());
                    ifNotSent.accept(store);
                }));
        return ChallengeState.of(Kind.SENT, ResendSchedule.next(number, now).orElse(null));
    }

    private ChallengeState shown(Challenge challenge, Instant now) {
        return over(challenge, now).orElseGet(() -> sent(challenges.latestMessage(challenge)));
    }

    /** What a page says about a code that no longer works; empty if it does. */
    private Optional<ChallengeState> over(Challenge challenge, Instant now) {
        if (challenge.isExpired(now)) {
            return Optional.of(ChallengeState.of(Kind.EXPIRED));
        }
        return challenges.isUsedUp(challenge) ? Optional.of(ChallengeState.of(Kind.USED_UP)) : Optional.empty();
    }

    private static ChallengeState sent(MessageStatus latest) {
        if (latest.outcome() == MessageStatus.Outcome.REFUSED) {
            return ChallengeState.of(Kind.REFUSED);
        }
        return latest.outcome().hasFailed()
                ? ChallengeState.of(Kind.FAILED)
                : ChallengeState.of(
                        Kind.SENT,
                        ResendSchedule.next(latest.number(), latest.at()).orElse(null));
    }

    /** With JPA the database undoes it itself; giving back what someone else has taken by then would be one message too many. */
    private void undoOnRollback(SendingOrder order, List<Place> taken, Consumer<ChallengeStore> reservation) {
        boolean byDatabase = objects.isUndoneByRollback();
        SendingBlocks shared = blocks;
        AfterRollback.run(session, user, (own, same) -> {
            SendingPlaces given = new SendingPlaces(own, shared);
            if (byDatabase) {
                given.releaseMemory(taken, Instant.now());
                return;
            }
            given.release(taken, Instant.now());
            ChallengeStore store = new ChallengeStore(new SingleUseStore(own));
            store.releaseGap(order.scope(), order.accepted());
            reservation.accept(store);
        });
    }

    private RealmModel realm() {
        return session.getContext().getRealm();
    }
}
