package io.github.backupcodes.code;

import java.time.Duration;
import java.time.Instant;

/** The state of a set, as it is shown to its user. */
public enum CodeSetState {
    /** The codes work and do not expire soon. */
    GOOD,

    /** The codes work, but some are used and few are left. */
    FEW_LEFT,

    /** The codes work, but expire soon. */
    EXPIRES_SOON,

    /** All codes are used. */
    USED_UP,

    /** The set has expired. */
    EXPIRED,

    /** The set was disabled after too many wrong codes. */
    TURNED_OFF;

    /**
     * How long before its expiry, at most, a set counts as expiring soon: enough time to sign in and generate new
     * codes.
     */
    static final Duration SOON = Duration.ofDays(14);

    /**
     * For a short lifespan only the last quarter is soon; otherwise every such set would expire soon from the
     * beginning.
     */
    private static final int QUARTER = 4;

    /**
     * The state of a set.
     *
     * @param lowThreshold if at most this many codes are left, they are few; an unused set is never low, even if the
     *     administrator configured sets of few codes
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
        return expiresSoon(set, now) ? EXPIRES_SOON : GOOD;
    }

    /** Whether codes of the set can still be used. */
    public boolean isUsable() {
        return this == GOOD || this == FEW_LEFT || this == EXPIRES_SOON;
    }

    private static boolean expiresSoon(CodeSet set, Instant now) {
        Instant end = set.expiresAt();
        if (end == null) {
            return false;
        }
        Duration quarter = Duration.between(set.createdAt(), end).dividedBy(QUARTER);
        return now.isAfter(end.minus(quarter.compareTo(SOON) < 0 ? quarter : SOON));
    }
}
