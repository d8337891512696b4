package io.github.backupcodes.challenge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When the message of a challenge may be sent again: after 30, 60 and 120 seconds, so at most four messages for a challenge. */
public final class ResendSchedule {

    /** Between two messages of one credential, whatever the browser. */
    public static final Duration SHORTEST_GAP = Duration.ofSeconds(30);

    private static final List<Duration> WAITS = List.of(SHORTEST_GAP, Duration.ofSeconds(60), Duration.ofSeconds(120));

    /** How many messages a challenge has at most, the first one included. */
    public static final int MOST_MESSAGES = WAITS.size() + 1;

    private ResendSchedule() {}

    /**
     * When the next message may be sent.
     *
     * @param sent   how many were sent, at least one
     * @param latest when the latest of them was
     * @return empty if there is no further message
     */
    public static Optional<Instant> next(int sent, Instant latest) {
        return sent >= MOST_MESSAGES ? Optional.empty() : Optional.of(latest.plus(WAITS.get(sent - 1)));
    }
}
