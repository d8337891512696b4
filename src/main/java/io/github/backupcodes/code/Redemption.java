package io.github.backupcodes.code;

/** What became of an attempt to use a code of a set. */
public sealed interface Redemption {

    /** The code was good: this is the set without it. */
    record Accepted(CodeSet set) implements Redemption {}

    /** The code belongs to the set, but this use came first. */
    record AlreadyUsed(CodeUse earlier) implements Redemption {}

    /** The set has no such code. */
    record Unknown() implements Redemption {}
}
