package io.github.backupcodes.credential;

import io.github.backupcodes.code.TypedCode;

/** What became of a code that somebody typed. */
public sealed interface Attempt {

    /** The code was good and is used now; so many are left. */
    record Accepted(int remaining) implements Attempt {}

    /** The code was good once. */
    record AlreadyUsed() implements Attempt {}

    /** It has the form of a code but is none of the user's. */
    record Wrong() implements Attempt {}

    /** It cannot be a code: no attempt was made. */
    record Mistyped(TypedCode.Mistyped how) implements Attempt {}

    /** All codes of the set are used. */
    record NoneLeft() implements Attempt {}

    /** The user has no set, or none that can be read. */
    record NoSet() implements Attempt {}
}
