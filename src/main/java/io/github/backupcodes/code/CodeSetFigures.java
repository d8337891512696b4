package io.github.backupcodes.code;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a set that decide whether its codes work. The rules about them are here and nowhere else, for a set that was read
 * as a whole and for a summary of it.
 */
public interface CodeSetFigures {

    /** Users are notified at most this long before their codes expire: time enough to sign in and generate new ones. */
    Duration LONGEST_NOTICE = Duration.ofDays(14);

    /** In a short life the notice is not longer than the last quarter; otherwise every set would expire soon from the start. */
    int PARTS_OF_LIFE = 4;

    /** How many codes the set was generated with. */
    int total();

    /** How many codes are unused. */
    int remaining();

    /** How many failed attempts there were since the last valid code. */
    int consecutiveFailures();

    /** When the codes were generated. */
    Instant createdAt();

    /** When the codes expire; null for never. */
    @Nullable Instant expiresAt();

    /** Whether the codes have expired. */
    default boolean isExpired(Instant now) {
        Instant end = expiresAt();
        return end != null && !now.isBefore(end);
    }

    /** Whether too many failed attempts have disabled the set, see {@link AttemptLimit#MOST_IN_A_ROW}. */
    default boolean isDisabled() {
        return FailedAttempts.isMaximum(consecutiveFailures());
    }

    /** Whether at least one code can still be used. During a pause it can, after the pause. */
    default boolean hasWorkingCodes(Instant now) {
        return remaining() > 0 && !isExpired(now) && !isDisabled();
    }

    /** Whether the codes expire soon: in the last 14 days, or in the last quarter of a life of less than 56 days. */
    default boolean expiresSoon(Instant now) {
        Instant end = expiresAt();
        if (end == null || !now.isBefore(end)) {
            return false;
        }
        Duration quarter = Duration.between(createdAt(), end).dividedBy(PARTS_OF_LIFE);
        Duration notice = quarter.compareTo(LONGEST_NOTICE) < 0 ? quarter : LONGEST_NOTICE;
        return !now.isBefore(end.minus(notice));
    }
}
