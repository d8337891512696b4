package io.github.backupcodes.support.realm;

import io.github.backupcodes.sms.number.StoredPhoneNumber;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Codes by text message that a user is created with.
 *
 * @param number      where the codes go, in E.164
 * @param consecutive the wrong codes in a row
 * @param total       the wrong codes in all
 * @param createdAt   when they were set up
 * @param pausedUntil when the pause ends; null for none
 */
public record TestSmsCode(
        String number,
        int consecutive,
        int total,
        Instant createdAt,
        @Nullable Instant pausedUntil) {

    /** The credential type. */
    public static final String TYPE = "sms-code";

    /** Set up just now, without wrong codes. */
    public static TestSmsCode to(String number) {
        return new TestSmsCode(number, 0, 0, Instant.now(), null);
    }

    /** A copy with wrong codes. */
    public TestSmsCode guessed(int inARow, int inAll) {
        return new TestSmsCode(number, inARow, inAll, createdAt, pausedUntil);
    }

    /** A copy that was set up at another time. */
    public TestSmsCode setUpAt(Instant time) {
        return new TestSmsCode(number, consecutive, total, time, pausedUntil);
    }

    /** A copy that is paused. */
    public TestSmsCode pausedUntil(Instant end) {
        return new TestSmsCode(number, consecutive, total, createdAt, end);
    }

    /** What Keycloak imports, with the name that the set-up gives. */
    public Map<String, Object> credential() {
        String pause = pausedUntil == null ? "" : ",\"pausedUntil\":\"" + pausedUntil + '"';
        String guesses =
                total == 0 ? "" : ",\"guesses\":{\"inARow\":%d,\"inAll\":%d%s}".formatted(consecutive, total, pause);
        return Map.of(
                "type",
                TYPE,
                "createdDate",
                createdAt.toEpochMilli(),
                "userLabel",
                new StoredPhoneNumber(number).masked(),
                "credentialData",
                "{\"version\":1,\"accepted\":[]" + guesses + "}",
                "secretData",
                "{\"version\":1,\"destination\":\"" + number + "\"}");
    }
}
