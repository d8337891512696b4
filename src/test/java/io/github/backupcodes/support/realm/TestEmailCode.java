package io.github.backupcodes.support.realm;

import java.time.Instant;
import java.util.Map;

/**
 * Codes by e-mail that a user is created with.
 *
 * @param address     where the codes go
 * @param consecutive the wrong codes in a row
 * @param total       the wrong codes in all
 * @param accepted    the challenges whose codes were accepted, as JSON
 * @param createdAt   when they were set up, in milliseconds
 */
public record TestEmailCode(String address, int consecutive, int total, String accepted, long createdAt) {

    /** The credential type. */
    public static final String TYPE = "email-code";

    /** Set up just now, without wrong codes. */
    public static TestEmailCode to(String address) {
        return new TestEmailCode(address, 0, 0, "[]", System.currentTimeMillis());
    }

    /** A copy with wrong codes. */
    public TestEmailCode guessed(int inARow, int inAll) {
        return new TestEmailCode(address, inARow, inAll, accepted, createdAt);
    }

    /** A copy that was set up at another time. */
    public TestEmailCode setUpAt(Instant time) {
        return new TestEmailCode(address, consecutive, total, accepted, time.toEpochMilli());
    }

    /** A copy after a challenge was accepted. */
    public TestEmailCode accepted(String nonce, String at) {
        return new TestEmailCode(
                address, consecutive, total, "[{\"nonce\":\"%s\",\"at\":\"%s\"}]".formatted(nonce, at), createdAt);
    }

    /** What Keycloak imports. */
    public Map<String, Object> credential() {
        String guesses = total == 0 ? "" : ",\"guesses\":{\"inARow\":%d,\"inAll\":%d}".formatted(consecutive, total);
        return Map.of(
                "type",
                TYPE,
                "createdDate",
                createdAt,
                "credentialData",
                "{\"version\":1,\"accepted\":" + accepted + guesses + "}",
                "secretData",
                "{\"version\":1,\"destination\":\"" + address + "\"}");
    }
}
