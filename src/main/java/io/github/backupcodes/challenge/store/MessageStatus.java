package io.github.backupcodes.challenge.store;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Value object: what is known of one message of a challenge. It is stored beside the challenge, so that every server can show it.
 *
 * @param number  of the message, from 1
 * @param at      when it was requested
 * @param outcome what came of it so far
 */
record MessageStatus(int number, Instant at, Outcome outcome) {

    /** What came of a message. */
    enum Outcome {
        /** It waits, or is being sent. */
        WAITING,
        /** The mail server or gateway has taken it. */
        SENT,
        /** It could not be sent; another attempt may succeed. */
        FAILED,
        /** It cannot be sent to this destination. */
        REFUSED,
        /** It waited for too long, or the queue was full. */
        DROPPED;

        /** The name in metrics. */
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the user may ask again at once. */
        boolean hasFailed() {
            return this == FAILED || this == DROPPED;
        }
    }

    Map<String, String> notes() {
        return Map.of("a", String.valueOf(at.getEpochSecond()), "o", outcome.id());
    }

    /** Empty if a later version has written something else. */
    static Optional<MessageStatus> of(int number, @Nullable Map<String, String> notes) {
        if (notes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MessageStatus(
                    number,
                    Instant.ofEpochSecond(Long.parseLong(String.valueOf(notes.get("a")))),
                    Outcome.valueOf(String.valueOf(notes.get("o")).toUpperCase(Locale.ROOT))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
