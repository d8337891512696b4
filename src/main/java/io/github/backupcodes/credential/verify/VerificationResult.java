package io.github.backupcodes.credential.verify;

import io.github.backupcodes.code.ParsedCode;
import io.github.backupcodes.credential.TemporaryCode;
import io.github.backupcodes.support.CredentialTypes;
import java.time.Instant;

/** What became of a code that somebody typed. */
public sealed interface VerificationResult {

    /**
     * Whether it was decided by the code that an administrator issued, see {@link TemporaryCode}. A wrong code that is tried
     * against several sets belongs to none.
     */
    default boolean isTemporary() {
        return false;
    }

    /** What it has brought upon the codes that it was tried against. */
    default Consequence consequence() {
        return Consequence.NONE;
    }

    /** What an attempt brings upon codes, from the least on. */
    enum Consequence {
        /** Nothing but that it was counted, where it counts. */
        NONE,
        /** It was the one that brings a pause. */
        PAUSED,
        /** It was the last one: only new codes help any more. */
        DISABLED
    }

    /** The code was not accepted. */
    sealed interface Refused extends VerificationResult {

        /** Why, in a word, for events and counters. */
        String reason();
    }

    /**
     * The code was good and is used now.
     *
     * @param remaining      how many of its kind are left; of the user's own set after a code that an administrator issued
     * @param credentialType the type of the credential that it belonged to
     */
    record Accepted(int remaining, String credentialType) implements VerificationResult {

        @Override
        public boolean isTemporary() {
            return CredentialTypes.TEMPORARY_CODE.equals(credentialType);
        }
    }

    /** The code was good once. */
    record AlreadyUsed(boolean isTemporary, Consequence consequence) implements Refused {

        @Override
        public String reason() {
            return "backup_code_already_used";
        }
    }

    /** The code belongs to the set before the present one. */
    record Replaced(Consequence consequence) implements Refused {

        @Override
        public String reason() {
            return "backup_code_of_replaced_set";
        }
    }

    /** It has the form of a code but is none of the user's. */
    record Wrong(Consequence consequence) implements Refused {

        @Override
        public String reason() {
            return "wrong_backup_code";
        }
    }

    /** It cannot be a code: no attempt was made. */
    record Mistyped(ParsedCode.Mistyped how) implements Refused {

        @Override
        public String reason() {
            return "mistyped_backup_code";
        }
    }

    /** It has the form of a code but is none of the user's, whose codes are all used. */
    record NoneLeft(Consequence consequence) implements Refused {

        @Override
        public String reason() {
            return "no_backup_codes_left";
        }
    }

    /** The life of the set is over: no code of it is accepted any more. */
    record Expired(boolean isTemporary) implements Refused {

        @Override
        public String reason() {
            return "backup_codes_expired";
        }
    }

    /** Too many wrong codes: no attempt is taken until then. */
    record Paused(Instant until) implements Refused {

        @Override
        public String reason() {
            return "backup_codes_paused";
        }
    }

    /** Far too many wrong codes: no attempt is taken until new codes are made. */
    record Disabled() implements Refused {

        @Override
        public String reason() {
            return "backup_codes_disabled";
        }
    }

    /** The server could not check the code in time: nothing was counted or used. */
    record Busy() implements Refused {

        @Override
        public String reason() {
            return "backup_codes_busy";
        }
    }

    /** The user has no set any more. */
    record NoSet() implements Refused {

        @Override
        public String reason() {
            return "no_backup_codes";
        }
    }

    /** The key is missing that the codes were hashed with: nothing was counted or used. */
    record KeyMissing() implements Refused {

        @Override
        public String reason() {
            return "backup_codes_key_missing";
        }
    }

    /** The user has a set that this server cannot read: made by a later version, or hashed with what is not there. */
    record Unreadable() implements Refused {

        @Override
        public String reason() {
            return "backup_codes_unreadable";
        }
    }
}
