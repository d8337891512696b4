package io.github.backupcodes.challenge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Value object: how many messages may be sent for one subject in a window of time, over all servers.
 *
 * <p>Each message takes a place, an entry that only one server can create. Above a hundred, a place stands for
 * a block of messages that the server which took it uses up: so a window costs at most a hundred calls, and the limit stays an exact
 * ceiling.
 *
 * @param kind    two letters that distinguish the limits of one purpose, for example that of a credential from that of an address
 * @param purpose set-up and sign-in have budgets of their own: who floods one never uses up the other
 * @param window  the length of the window; windows begin at multiples of it since 1970
 * @param most    how many messages it allows; at least 1
 */
public record SendingLimit(String kind, ChallengePurpose purpose, Duration window, int most) {

    static final int MOST_PLACES = 100;

    /** How many places a window has, at most a hundred. Rounded down, so that the limit is never exceeded. */
    public int places() {
        return most / messagesOfPlace();
    }

    /** How many messages a place stands for: one up to a limit of a hundred. */
    public int messagesOfPlace() {
        return (most + MOST_PLACES - 1) / MOST_PLACES;
    }

    /** The number of the window at a moment. */
    public long windowAt(Instant now) {
        return now.getEpochSecond() / window.toSeconds();
    }

    /** When a window ends, in seconds since 1970. */
    public Instant endOf(long number) {
        return Instant.ofEpochSecond((number + 1) * window.toSeconds());
    }

    /** How many seconds of a window are left, at least 1. */
    public long secondsLeft(long number, Instant now) {
        return Math.max(1, Duration.between(now, endOf(number)).toSeconds());
    }

    /** The keys of all places of a window, in the order in which they are taken. */
    public List<SingleUseKey> placeKeys(String subject, long number) {
        return IntStream.range(0, places())
                .mapToObj(place -> placeKey(subject, number, place))
                .toList();
    }

    /**
     * The key of a place.
     *
     * @param subject whom the limit is for, hashed if it is personal data
     * @param number  the number of the window
     * @param place   from 0
     */
    public SingleUseKey placeKey(String subject, long number, int place) {
        return key("pl", subject, number, String.valueOf(place));
    }

    /** The key of the entry that says that a window has no place left, so that a refusal costs one call. */
    public SingleUseKey fullKey(String subject, long number) {
        return key("fu", subject, number, "");
    }

    private SingleUseKey key(String entry, String subject, long number, String place) {
        return SingleUseKey.of(
                entry, kind, purpose.id(), String.valueOf(window.toSeconds()), subject, String.valueOf(number), place);
    }
}
