package io.github.backupcodes.code;

import java.time.Instant;

/** The state of a set, as users and administrators see it. */
public enum CodeSetState {
    /** The codes work. */
    GOOD,

    /** The codes work, but some are used and few are left. */
    FEW_LEFT,

    /** The codes work, but expire soon. */
    EXPIRES_SOON,

    /** All codes are used. */
    USED_UP,

    /** The codes have expired. */
    EXPIRED,

    /** Too many failed attempts have disabled the set. */
    TURNED_OFF;

    /**
     * Returns the state of a set. If several reasons keep the codes from working, the one counts that an attempt is refused for:
     * expired comes before disabled, and disabled before used up.
     *
     * @param set          the figures of the set
     * @param lowThreshold at most this many codes are few; a set of which no code is used never has few, however small the
     *     administrator wants sets to be
     */
    public static CodeSetState of(CodeSetFigures set, int lowThreshold, Instant now) {
        if (set.isExpired(now)) {
            return EXPIRED;
        }
        if (set.isDisabled()) {
            return TURNED_OFF;
        }
        int remaining = set.remaining();
        if (remaining <= 0) {
            return USED_UP;
        }
        if (remaining <= lowThreshold && remaining < set.total()) {
            return FEW_LEFT;
        }
        return set.expiresSoon(now) ? EXPIRES_SOON : GOOD;
    }

    /** Whether codes of the set can still be used, see {@link CodeSetFigures#hasWorkingCodes}. */
    public boolean isUsable() {
        return this == GOOD || this == FEW_LEFT || this == EXPIRES_SOON;
    }
}
