package io.github.backupcodes.challenge;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Value object: a challenge to enter a code that was sent. It is stored while it lasts and never changed; the code is derived from it
 * and from a key of the realm, so nothing that is stored reveals the code.
 *
 * @param nonce   128 random bits in Base64, which make the code of this challenge
 * @param triesId the id under which tries are counted: a new challenge that replaces an older one keeps it, so that asking for a new
 *     code brings no try back (NIST SP 800-63B-4, 3.1.3.2)
 * @param keyId   the id of the realm's key
 * @param start   when it was made
 * @param end     when its code expires
 */
public record Challenge(String nonce, String triesId, String keyId, Instant start, Instant end) {

    /** How often a code may be tried for one challenge. */
    public static final int TRIES = 5;

    /** How long an ended challenge is kept, so that “expired” can be told from “never”. */
    public static final Duration KEPT_AFTER_END = Duration.ofSeconds(60);

    private static final String VERSION = "1";
    private static final int NONCE_BYTES = 16;

    /** Cuts the times to seconds, as they are stored. */
    public Challenge {
        start = start.truncatedTo(ChronoUnit.SECONDS);
        end = end.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Makes a challenge with tries of its own. */
    public static Challenge generate(String keyId, Duration validity, Instant now, SecureRandom random) {
        String nonce = nonce(random);
        return new Challenge(nonce, nonce, keyId, now, now.plus(validity));
    }

    /** Makes the challenge that takes the place of this one: with a new code and a full life, but with the tries of this one. */
    public Challenge renew(String newKeyId, Duration validity, Instant now, SecureRandom random) {
        return new Challenge(nonce(random), triesId, newKeyId, now, now.plus(validity));
    }

    private static String nonce(SecureRandom random) {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Reads stored notes; empty if they are of a version that this one does not know: such a challenge counts as expired. */
    public static Optional<Challenge> of(Map<String, String> notes) {
        String nonce = notes.get("n");
        String tries = notes.get("t");
        String key = notes.get("k");
        if (!VERSION.equals(notes.get("v")) || nonce == null || tries == null || key == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Challenge(nonce, tries, key, instant(notes.get("s")), instant(notes.get("e"))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Instant instant(@Nullable String seconds) {
        return Instant.ofEpochSecond(Long.parseLong(String.valueOf(seconds)));
    }

    /** The notes to store. */
    public Map<String, String> notes() {
        return Map.of(
                "v", VERSION,
                "n", nonce,
                "t", triesId,
                "k", keyId,
                "s", String.valueOf(start.getEpochSecond()),
                "e", String.valueOf(end.getEpochSecond()));
    }

    /** Whether its code has expired. */
    public boolean isExpired(Instant now) {
        return !now.isBefore(end);
    }

    /** Whether asking again sends the same code: in the first two thirds of its life, so that no message brings a code that ends soon. */
    public boolean sendsSameCode(Instant now) {
        return Duration.between(now, end).multipliedBy(3).compareTo(Duration.between(start, end)) > 0;
    }

    /** How long the store keeps it, in seconds. */
    public long lifespanSeconds(Instant now) {
        return Duration.between(now, end.plus(KEPT_AFTER_END)).toSeconds();
    }

    /** How long a try is kept, in seconds: to the end of a challenge that takes the place of this one, which has the same tries. */
    public long triesSeconds() {
        return Duration.between(start, end).multipliedBy(2).plus(KEPT_AFTER_END).toSeconds();
    }

    /** The key of one of its tries; the entry says that the try is taken. */
    public SingleUseKey tryKey(int number) {
        return SingleUseKey.of("tr", triesId, String.valueOf(number));
    }

    /** The key of the outcome of one of its messages. */
    public SingleUseKey messageKey(int number) {
        return SingleUseKey.of("ms", nonce, String.valueOf(number));
    }
}
