package io.github.backupcodes.code;

import java.time.Duration;

/**
 * How many wrong codes a set bears before it rests for a while. This holds whether or not the realm detects brute force;
 * it is counted with the set, so that attempts in parallel or on several servers cannot pass it.
 *
 * @param failures so many codes in vain, wrong ones or replays, bring a pause; 0 for no pause
 * @param pause    how long the pause is
 */
public record AttemptLimit(int failures, Duration pause) {

    /**
     * NIST SP 800-63B-4, 3.2.2: after at most 100 wrong attempts in a row the authenticator is disabled until it is bound
     * anew, here until new codes are made.
     */
    public static final int MOST_IN_A_ROW = 100;

    /** 10 wrong codes, then 15 minutes. */
    public static final AttemptLimit DEFAULT = new AttemptLimit(10, Duration.ofMinutes(15));

    /**
     * The limit for a set of so many codes that look like this. Weak ones are only as good as the bound on guesses, so that it cannot be
     * switched off for them (NIST SP 800-63B-4, 3.1.2: below 64 bits the attempts have to be limited).
     */
    AttemptLimit forSet(CodeFormat format, int count) {
        return format.isStrong(count) ? this : forWeakCodes();
    }

    /** The limit for codes of less than 64 bits, whatever they look like: never switched off. */
    public AttemptLimit forWeakCodes() {
        return failures == 0 ? DEFAULT : this;
    }
}
