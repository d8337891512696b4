package io.github.backupcodes.code;

import java.time.Duration;

/**
 * Value object: how many failed attempts a set allows before it is paused. The limit applies whether or not the realm
 * detects brute force. Attempts are counted in the set, so that parallel attempts or attempts on several servers cannot
 * bypass it.
 *
 * @param failures how many failed attempts, wrong codes or replays, start a pause; 0 for no pause
 * @param pause    how long the pause lasts
 */
public record AttemptLimit(int failures, Duration pause) {

    /**
     * NIST SP 800-63B-4, 3.2.2: after at most 100 consecutive failed attempts the authenticator is disabled until it is
     * bound again, here until new codes are generated.
     */
    public static final int MOST_IN_A_ROW = 100;

    /** 10 wrong codes, then 15 minutes. */
    public static final AttemptLimit DEFAULT = new AttemptLimit(10, Duration.ofMinutes(15));

    /**
     * The limit for a set with this format and number of codes. Weak codes are only as good as the limit on guesses, so
     * it cannot be switched off for them (NIST SP 800-63B-4, 3.1.2: below 64 bits the attempts must be limited).
     */
    AttemptLimit forSet(CodeFormat format, int count) {
        return format.isStrong(count) ? this : forWeakCodes();
    }

    /** The limit for codes of less than 64 bits, in any format: never switched off. */
    public AttemptLimit forWeakCodes() {
        return failures == 0 ? DEFAULT : this;
    }
}
