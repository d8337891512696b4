package io.github.backupcodes.support.realm;

import io.github.backupcodes.sms.number.StoredPhoneNumber;
import java.time.Instant;
import java.util.Map;

/**
 * Codes by text message that a user is created with.
 *
 * @param number      where the codes go, in E.164
 * @param consecutive the wrong codes in a row
 * @param total       the wrong codes in all
 * @param createdAt   when they were set up
 */
public record TestSmsCode(String number, int consecutive, int total, Instant createdAt) {

    /** The credential type. */
    public static final String TYPE = "sms-code";

    /** Set up just now, without wrong codes. */
    public static TestSmsCode to(String number) {
        return new TestSmsCode(number, 0, 0, Instant.now());
    }

    /** A copy with wrong codes. */
    public TestSmsCode guessed(int inARow, int inAll) {
        return new TestSmsCode(number, inARow, inAll, createdAt);
    }

    /** A copy that was set up at another time. */
    public TestSmsCode setUpAt(Instant time) {
        return new TestSmsCode(number, consecutive, total, time);
    }

    /** What Keycloak imports, with the name that the set-up gives. */
    public Map<String, Object> credential() {
        String guesses = total == 0 ? "" : ",\"guesses\":{\"inARow\":%d,\"inAll\":%d}".formatted(consecutive, total);
        return Map.of(
                "type",
                TYPE,
                "createdDate",
                createdAt.toEpochMilli(),
                "userLabel",
                new StoredPhoneNumber(number).label(),
                "credentialData",
                "{\"version\":1,\"accepted\":[]" + guesses + "}",
                "secretData",
                "{\"version\":1,\"destination\":\"" + number + "\"}");
    }
}
