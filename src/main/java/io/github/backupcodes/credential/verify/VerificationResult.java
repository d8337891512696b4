package io.github.backupcodes.credential.verify;

import io.github.backupcodes.code.AttemptLimit;
import io.github.backupcodes.code.FactorRank;
import io.github.backupcodes.code.FailedAttempts;
import io.github.backupcodes.code.ParsedCode;
import io.github.backupcodes.support.CredentialTypes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The result of verifying an entered code. */
public sealed interface VerificationResult {

    /** Whether the result is about the temporary code. A wrong code that was tried against several sets belongs to none. */
    boolean isTemporary();

    /** Whether the code was looked up, so that it was used or the attempt was counted. */
    boolean isEvaluated();

    /** What the attempt has brought. */
    Consequence consequence();

    /** Whether the code was refused for this reason. */
    boolean is(Reason reason);

    /**
     * The code was valid and is used now.
     *
     * @param remaining      how many codes of its kind are left; after a temporary code how many of the user's own set
     * @param credentialType the type of the credential that the code belonged to
     * @param rank           what the code is worth
     */
    record Accepted(int remaining, String credentialType, FactorRank rank) implements VerificationResult {

        @Override
        public boolean isTemporary() {
            return CredentialTypes.TEMPORARY_CODE.equals(credentialType);
        }

        @Override
        public boolean isEvaluated() {
            return true;
        }

        @Override
        public Consequence consequence() {
            return Consequence.NONE;
        }

        @Override
        public boolean is(Reason reason) {
            return false;
        }
    }

    /**
     * The code was not accepted.
     *
     * @param reason      why
     * @param isTemporary whether the result is about the temporary code
     * @param consequence what the attempt has brought
     * @param until       the end of the pause; null for every other reason
     * @param malformed    why the entered text cannot be a code; null for every other reason
     */
    record Refused(
            Reason reason,
            boolean isTemporary,
            Consequence consequence,
            @Nullable Instant until,
            ParsedCode.@Nullable Malformed malformed)
            implements VerificationResult {

        /** Refused for a reason that says it all. */
        static Refused because(Reason reason) {
            return new Refused(reason, false, Consequence.NONE, null, null);
        }

        static Refused because(Reason reason, Consequence consequence) {
            return new Refused(reason, false, consequence, null, null);
        }

        static Refused malformed(ParsedCode.Malformed how) {
            return new Refused(Reason.MISTYPED, false, Consequence.NONE, null, how);
        }

        static Refused paused(Instant until) {
            return new Refused(Reason.PAUSED, false, Consequence.NONE, until, null);
        }

        /** The same about a temporary code. */
        Refused ofTemporaryCode() {
            return new Refused(reason, true, consequence, until, malformed);
        }

        @Override
        public boolean isEvaluated() {
            return reason.isCounted();
        }

        @Override
        public boolean is(Reason other) {
            return reason == other;
        }
    }

    /** Why a code was refused, with the name for events and metrics. */
    enum Reason {
        /** The text has the form of a code, but is none of the user's codes. */
        WRONG("wrong_backup_code", true),
        /** The code was used before. */
        ALREADY_USED("backup_code_already_used", true),
        /** The code belongs to the previous set. */
        REPLACED("backup_code_of_replaced_set", true),
        /** The text has the form of a code, but is none of the user's codes, which are all used. */
        NONE_LEFT("no_backup_codes_left", true),
        /** The text cannot be a code. */
        MISTYPED("mistyped_backup_code", false),
        /** The codes have expired. */
        EXPIRED("backup_codes_expired", false),
        /** No attempt is taken until the end of a pause. */
        PAUSED("backup_codes_paused", false),
        /** No attempt is taken until new codes are generated. */
        DISABLED("backup_codes_disabled", false),
        /** The server could not check the code in time. Nothing was used; after a rollback an invalid code is counted all the same. */
        BUSY("backup_codes_busy", false),
        /** The user has no set. */
        NO_SET("no_backup_codes", false),
        /** The key that the codes were hashed with is missing. Nothing was counted or used. */
        KEY_MISSING("backup_codes_key_missing", false),
        /** This version cannot read the set. */
        UNREADABLE("backup_codes_unreadable", false);

        private final String id;
        private final boolean counted;

        Reason(String id, boolean counted) {
            this.id = id;
            this.counted = counted;
        }

        /** The name in events and metrics. */
        public String id() {
            return id;
        }

        /** Whether it was an attempt, which counts with the realm's brute force detection as well. */
        public boolean isCounted() {
            return counted;
        }

        /** Whether failed attempts keep all others off. Then nothing may show whether a code is valid. */
        boolean isLockout() {
            return this == PAUSED || this == DISABLED;
        }
    }

    /** What a refused attempt brings, in rising order. */
    enum Consequence {
        /** Nothing more than being counted. */
        NONE,
        /** A pause. */
        PAUSED,
        /** The end of the codes, see {@link AttemptLimit#MOST_IN_A_ROW}. */
        DISABLED;

        /** The consequence of one attempt, after which the failed attempts are others. */
        static Consequence of(FailedAttempts before, FailedAttempts after, Instant now) {
            if (after.isMaximumReached()) {
                return before.isMaximumReached() ? NONE : DISABLED;
            }
            return after.pause(now).isEmpty() || after.pause(now).equals(before.pause(now)) ? NONE : PAUSED;
        }
    }
}
