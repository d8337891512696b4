package io.github.backupcodes.code;

import java.time.Instant;

/** What became of an attempt to use a code of a set. */
public sealed interface RedeemResult {

    /** The code was looked up. */
    sealed interface Evaluated extends RedeemResult {

        /** The set afterwards, to be kept. */
        CodeSet set();
    }

    /** The code was good: this is the set without it. */
    record Accepted(CodeSet set) implements Evaluated {}

    /** The code belongs to the set, but was used before: this is the set with the replay counted. */
    record AlreadyUsed(CodeSet set) implements Evaluated {}

    /** The code belongs to the set before: this is the present one with the replay counted. */
    record Replaced(CodeSet set) implements Evaluated {}

    /** The set has no such code: this is the set with the wrong code counted. */
    record Unknown(CodeSet set) implements Evaluated {}

    /** Too many wrong codes: no attempt is taken until then. */
    record Paused(Instant until) implements RedeemResult {}

    /** The life of the set is over: new codes have to be made. */
    record Expired() implements RedeemResult {}

    /** Far too many wrong codes: no attempt is taken any more, the set has to be renewed. */
    record Disabled() implements RedeemResult {}
}
