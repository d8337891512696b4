package io.github.backupcodes.challenge;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Value object: the challenges whose codes were accepted lately, kept in the row of the credential. The row says who won: two
 * requests with the same code, on two servers or in a split cluster, find each other here.
 *
 * @param times when each was accepted, by its nonce, oldest first
 */
public record AcceptedChallenges(Map<String, Instant> times) {

    /** None. */
    public static final AcceptedChallenges NONE = new AcceptedChallenges(Map.of());

    /** The longest life of a code, with which no clock of a cluster disagrees by more than the difference. */
    static final Duration KEPT = Duration.ofMinutes(15);

    /** Copies the map. */
    public AcceptedChallenges {
        times = Collections.unmodifiableMap(new LinkedHashMap<>(times));
    }

    /** Whether the code of the challenge was accepted before. */
    public boolean contains(Challenge challenge) {
        return times.containsKey(challenge.nonce());
    }

    /** The nonce of the latest; empty if none was accepted lately. */
    public Optional<String> latest() {
        return times.keySet().stream().reduce((earlier, later) -> later);
    }

    /** A copy with one more, and without those whose codes have expired long since. The limits of sending bound their number. */
    public AcceptedChallenges plus(Challenge challenge, Instant now) {
        Map<String, Instant> more = new LinkedHashMap<>();
        times.forEach((nonce, at) -> {
            if (at.plus(KEPT).isAfter(now)) {
                more.put(nonce, at);
            }
        });
        more.put(challenge.nonce(), now);
        return new AcceptedChallenges(more);
    }
}
