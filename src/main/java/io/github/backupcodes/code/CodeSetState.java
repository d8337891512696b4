package io.github.backupcodes.code;

import java.time.Duration;
import java.time.Instant;

/** What is left of a set, as far as its user should know. */
public enum CodeSetState {
    /** It works, and for a while. */
    GOOD,

    /** It works, but some codes are used and few are left. */
    FEW_LEFT,

    /** It works, but not for long. */
    EXPIRES_SOON,

    /** All codes are used. */
    USED_UP,

    /** Its life is over. */
    EXPIRED,

    /** Too many wrong codes were typed. */
    TURNED_OFF;

    /** How long before its end a set expires soon, at most: time enough to come by and make new codes. */
    static final Duration SOON = Duration.ofDays(14);

    /** Of a short life not more than its last quarter is soon, or every set would be near its end from the beginning. */
    private static final int QUARTER = 4;

    /**
     * The state of a set.
     *
     * @param lowThreshold from so many codes left on they are few; a set of which none is used has never few, however small
     *     the administrator wants sets to be
     */
    public static CodeSetState of(CodeSet set, int lowThreshold, Instant now) {
        if (set.isExpired(now)) {
            return EXPIRED;
        }
        if (set.failedAttempts().isMaximumReached()) {
            return TURNED_OFF;
        }
        int remaining = set.remaining();
        if (remaining == 0) {
            return USED_UP;
        }
        if (remaining <= lowThreshold && remaining < set.total()) {
            return FEW_LEFT;
        }
        return isNearItsEnd(set, now) ? EXPIRES_SOON : GOOD;
    }

    /** Whether codes of the set can still be used. */
    public boolean isUsable() {
        return this == GOOD || this == FEW_LEFT || this == EXPIRES_SOON;
    }

    private static boolean isNearItsEnd(CodeSet set, Instant now) {
        Instant end = set.expiresAt();
        if (end == null) {
            return false;
        }
        Duration quarter = Duration.between(set.createdAt(), end).dividedBy(QUARTER);
        return now.isAfter(end.minus(quarter.compareTo(SOON) < 0 ? quarter : SOON));
    }
}
