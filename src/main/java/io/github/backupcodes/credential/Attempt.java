package io.github.backupcodes.credential;

import io.github.backupcodes.code.TypedCode;
import java.time.Instant;

/** What became of a code that somebody typed. */
public sealed interface Attempt {

    /**
     * The code was good and is used now.
     *
     * @param remaining      how many of its kind are left
     * @param credentialType the type of the credential that it belonged to
     */
    record Accepted(int remaining, String credentialType) implements Attempt {

        /** A code of the user's set of backup codes. */
        Accepted(int remaining) {
            this(remaining, BackupCodesCredentialModel.TYPE);
        }
    }

    /** The code was good once. */
    record AlreadyUsed() implements Attempt {}

    /** The code belongs to the set before the present one. */
    record Replaced() implements Attempt {}

    /** It has the form of a code but is none of the user's. */
    record Wrong() implements Attempt {}

    /** It cannot be a code: no attempt was made. */
    record Mistyped(TypedCode.Mistyped how) implements Attempt {}

    /** All codes of the set are used. */
    record NoneLeft() implements Attempt {}

    /** The life of the set is over: no code of it is accepted any more. */
    record Expired() implements Attempt {}

    /** Too many wrong codes: no attempt is taken until then. */
    record Paused(Instant until) implements Attempt {}

    /** Far too many wrong codes: no attempt is taken until new codes are made. */
    record Disabled() implements Attempt {}

    /** The server could not check the code in time: nothing was counted or used. */
    record Busy() implements Attempt {}

    /** The user has no set any more. */
    record NoSet() implements Attempt {}

    /** The user has a set that this server cannot read: made by a later version, or hashed with what is not there. */
    record Unreadable() implements Attempt {}
}
