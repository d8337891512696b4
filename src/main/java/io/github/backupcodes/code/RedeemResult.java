package io.github.backupcodes.code;

import java.time.Instant;

/** The result of an attempt to use a code of a set. */
public sealed interface RedeemResult {

    /** The code was compared with the set. */
    sealed interface Evaluated extends RedeemResult {

        /** The set after the attempt, to be stored. */
        CodeSet set();
    }

    /** The code is valid; the set has it marked as used. */
    record Accepted(CodeSet set) implements Evaluated {}

    /** The code belongs to the set, but was already used; the set has the replay counted. */
    record AlreadyUsed(CodeSet set) implements Evaluated {}

    /** The code belongs to the previous set; the current set has the replay counted. */
    record Replaced(CodeSet set) implements Evaluated {}

    /** The set has no such code; the set has the wrong code counted. */
    record Unknown(CodeSet set) implements Evaluated {}

    /** Too many failed attempts: no attempts are accepted until then. */
    record Paused(Instant until) implements RedeemResult {}

    /** The set has expired: new codes must be generated. */
    record Expired() implements RedeemResult {}

    /** The maximum of wrong codes was reached: no attempts are accepted until new codes are generated. */
    record Disabled() implements RedeemResult {}
}
