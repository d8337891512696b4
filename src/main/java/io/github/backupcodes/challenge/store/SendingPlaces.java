package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.SendingLimit;
import io.github.backupcodes.challenge.SingleUseKey;
import io.github.backupcodes.challenge.store.SingleUseStore.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the places of a message within its limits, for all servers together. Nothing is read and then written: a place belongs to the
 * server that creates its entry, so the limits are exact however many requests come at once.
 */
public final class SendingPlaces {

    private final SingleUseStore store;
    private final SendingBlocks blocks;

    /**
     * Takes the store and this server's share of the places that stand for several messages.
     *
     * @param store  of the request
     * @param blocks of this server, shared by all requests
     */
    public SendingPlaces(SingleUseStore store, SendingBlocks blocks) {
        this.store = store;
        this.blocks = blocks;
    }

    /** The same with the store of another session. */
    SendingPlaces in(SingleUseStore other) {
        return new SendingPlaces(other, blocks);
    }

    /**
     * A limit for a subject.
     *
     * @param limit   the limit
     * @param subject whom it is for, hashed if it is personal data
     */
    public record Claim(SendingLimit limit, String subject) {}

    /** A place that a message has taken. */
    private record Place(Claim claim, long window, Optional<SingleUseKey> key) {}

    /** The places of one message. */
    public static final class Taken {

        private final List<Place> places = new ArrayList<>();

        private Taken() {}
    }

    /**
     * Takes a place of each limit, in the order of the list, which is the same everywhere.
     *
     * @return empty if a limit is reached; then none is taken
     * @throws StoreUnavailableException if the store does not answer; then none is taken
     */
    public Optional<Taken> take(List<Claim> claims, Instant now) {
        Taken taken = new Taken();
        boolean complete = false;
        try {
            for (Claim claim : claims) {
                Optional<Place> place = take(claim, now);
                if (place.isEmpty()) {
                    return Optional.empty();
                }
                taken.places.add(place.get());
            }
            complete = true;
            return Optional.of(taken);
        } finally {
            if (!complete) {
                release(taken, now);
            }
        }
    }

    /** Gives the places back, because the message was not sent. */
    public void release(Taken taken, Instant now) {
        for (Place place : taken.places) {
            SendingLimit limit = place.claim.limit();
            if (place.key.isPresent()) {
                store.remove(place.key.get());
                store.remove(limit.fullKey(place.claim.subject(), place.window));
            } else {
                blocks.giveBack(limit, place.claim.subject(), place.window, now);
            }
        }
        taken.places.clear();
    }

    private Optional<Place> take(Claim claim, Instant now) {
        SendingLimit limit = claim.limit();
        long window = limit.windowAt(now);
        if (blocks.take(limit, claim.subject(), window)) {
            return Optional.of(new Place(claim, window, Optional.empty()));
        }
        if (store.contains(limit.fullKey(claim.subject(), window))) {
            return Optional.empty();
        }
        long seconds = Math.max(1, Duration.between(now, limit.endOf(window)).toSeconds());
        for (int number = 0; number < limit.places(); number++) {
            SingleUseKey key = limit.placeKey(claim.subject(), window, number);
            Reservation reservation = store.reserve(key, seconds);
            if (reservation == Reservation.UNAVAILABLE) {
                throw new StoreUnavailableException();
            }
            if (reservation == Reservation.RESERVED) {
                boolean isBlock = limit.messagesOfPlace() > 1;
                if (isBlock) {
                    blocks.add(limit, claim.subject(), window, limit.messagesOfPlace() - 1, now);
                }
                return Optional.of(new Place(claim, window, isBlock ? Optional.empty() : Optional.of(key)));
            }
        }
        store.reserve(limit.fullKey(claim.subject(), window), seconds);
        return Optional.empty();
    }
}
