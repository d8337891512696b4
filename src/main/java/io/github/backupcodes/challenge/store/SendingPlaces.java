package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.SendingLimit;
import io.github.backupcodes.challenge.SingleUseKey;
import io.github.backupcodes.support.AfterCommit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.keycloak.models.KeycloakSession;

/**
 * Takes the places of a message within its limits, for all servers together. Nothing is read and then written: a place belongs to the
 * server that creates its entry, so the limits are exact however many requests come at once.
 */
final class SendingPlaces {

    private final KeycloakSession session;
    private final SingleUseStore store;
    private final SendingBlocks blocks;

    /**
     * Takes the session and this server's share of the places that stand for several messages.
     *
     * @param session of the request
     * @param blocks  of this server, shared by all requests
     */
    SendingPlaces(KeycloakSession session, SendingBlocks blocks) {
        this.session = session;
        this.store = new SingleUseStore(session);
        this.blocks = blocks;
    }

    /**
     * What a message has taken.
     *
     * @param key the entry; empty if it is one of the messages of a block that this server had before
     */
    record Place(SendingBlocks.Window window, Optional<SingleUseKey> key) {

        /** Whether the entry stands for this message alone. A block is never given back, but its messages are. */
        private boolean isWhole() {
            return key.isPresent() && window.limit().messagesOfPlace() == 1;
        }
    }

    /**
     * The places of one message.
     *
     * @param places  what was taken
     * @param reached the limit that is reached; then nothing is taken
     */
    record Taken(List<Place> places, Optional<SendingLimit> reached) {}

    /**
     * Takes a place of each limit, in the order of the list, which is the same everywhere.
     *
     * @throws StoreUnavailableException if the store does not answer; then none is taken
     */
    Taken take(List<SendingClaim> claims, Instant now) {
        List<Place> places = new ArrayList<>();
        boolean complete = false;
        try {
            for (SendingClaim claim : claims) {
                Optional<Place> place = take(claim, now);
                if (place.isEmpty()) {
                    return new Taken(List.of(), Optional.of(claim.limit()));
                }
                places.add(place.get());
            }
            complete = true;
            return new Taken(List.copyOf(places), Optional.empty());
        } finally {
            if (!complete) {
                release(places, now);
            }
        }
    }

    /** Gives places back, because the message was not sent. */
    void release(List<Place> places, Instant now) {
        for (Place place : places) {
            SendingBlocks.Window window = place.window();
            if (place.isWhole()) {
                place.key().ifPresent(store::remove);
                store.remove(window.limit().fullKey(window.subject(), window.number()));
            } else {
                blocks.add(window, 1, now);
            }
        }
    }

    /**
     * Gives back what a rollback of the database does not: with JPA a place is an entry of the request's transaction, but what was
     * taken of a block is in memory.
     */
    void releaseMemory(List<Place> places, Instant now) {
        places.stream().filter(place -> place.key().isEmpty()).forEach(place -> blocks.add(place.window(), 1, now));
    }

    private Optional<Place> take(SendingClaim claim, Instant now) {
        SendingLimit limit = claim.limit();
        SendingBlocks.Window window = new SendingBlocks.Window(limit, claim.subject(), limit.windowAt(now));
        SingleUseKey full = limit.fullKey(window.subject(), window.number());
        if (blocks.take(window)) {
            return Optional.of(new Place(window, Optional.empty()));
        }
        if (blocks.wasFull(window) && store.contains(full)) {
            return Optional.empty();
        }
        long seconds = limit.secondsLeft(window.number(), now);
        List<SingleUseKey> keys = limit.placeKeys(window.subject(), window.number());
        OptionalInt position = store.reserveFirst(keys, seconds);
        if (position.isEmpty()) {
            store.reserve(full, seconds);
            if (keys.stream().allMatch(store::contains)) {
                blocks.noteFull(window, now);
            } else {
                // who has given a place back before the entry was there has not removed it
                store.remove(full);
            }
            return Optional.empty();
        }
        int more = limit.messagesOfPlace() - 1;
        if (more > 0 && store.isUndoneByRollback()) {
            // the rest of a block is there once it is certain that this server has taken it
            AfterCommit.run(session, () -> blocks.add(window, more, Instant.now()));
        } else if (more > 0) {
            blocks.add(window, more, now);
        }
        return Optional.of(new Place(window, Optional.of(keys.get(position.getAsInt()))));
    }
}
