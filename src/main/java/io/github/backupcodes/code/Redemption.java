package io.github.backupcodes.code;

import java.time.Instant;

/** What became of an attempt to use a code of a set. */
public sealed interface Redemption {

    /** The code was good: this is the set without it. */
    record Accepted(CodeSet set) implements Redemption {}

    /** The code belongs to the set, but this use came first. */
    record AlreadyUsed(CodeUse earlier) implements Redemption {}

    /** The set has no such code: this is the set with the wrong code counted. */
    record Unknown(CodeSet set) implements Redemption {}

    /** Too many wrong codes: no attempt is taken until then. */
    record Paused(Instant until) implements Redemption {}

    /** The life of the set is over: new codes have to be made. */
    record Expired() implements Redemption {}

    /** Far too many wrong codes: no attempt is taken any more, the set has to be renewed. */
    record Disabled() implements Redemption {}
}
