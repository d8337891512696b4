package io.github.backupcodes.code;

/**
 * The result of an attempt to use a code of a set.
 *
 * @param outcome what was decided
 * @param set     the set after the attempt, which has to be stored if the outcome {@linkplain Outcome#isEvaluated() was evaluated};
 *     otherwise the set as it was
 */
public record RedeemResult(Outcome outcome, CodeSet set) {

    /** What was decided. */
    public enum Outcome {
        /** The code was valid, and is used up. */
        ACCEPTED(true),
        /** The code belongs to the set and was used before. The replay is counted. */
        ALREADY_USED(true),
        /** The code belongs to the previous set. The replay is counted. */
        REPLACED(true),
        /** The set has no such code. The failed attempt is counted. */
        UNKNOWN(true),
        /** The set takes no attempt until the end of its pause. */
        PAUSED(false),
        /** The set has expired. */
        EXPIRED(false),
        /** The set is disabled because of too many failed attempts. */
        DISABLED(false);

        private final boolean evaluated;

        Outcome(boolean evaluated) {
            this.evaluated = evaluated;
        }

        /** Whether the code was looked up, so that the set has changed. */
        public boolean isEvaluated() {
            return evaluated;
        }
    }
}
