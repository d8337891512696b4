package io.github.backupcodes.notification;

import java.time.Instant;
import java.util.Set;

/**
 * Something that users are told about their backup codes (NIST SP 800-63B-4, 4.2.1.1 and 4.6; OWASP ASVS 5.0, 6.3.5 and
 * 6.3.7). It says what happened; when, from where and by which application is taken from the request.
 */
public sealed interface Notification {

    /** Its kind in a word, for events and counters. */
    String kind();

    /**
     * Whether the user gets at most one mail of this kind an hour: what anybody at the page can bring about again and again.
     * Each kind has an hour of its own, so that none keeps another from being told.
     */
    default boolean isAtMostHourly() {
        return false;
    }

    /**
     * New codes were made.
     *
     * @param beside the ids of what was made in the same sign-in, before: a second factor of the same person
     */
    record CodesMade(Set<String> beside) implements Notification {

        /** Keeps the ids as they are now. */
        public CodesMade {
            beside = Set.copyOf(beside);
        }

        @Override
        public String kind() {
            return "codes_made";
        }
    }

    /**
     * A code was used to sign in.
     *
     * @param remaining how many codes are left
     * @param few       whether these are few, by the policy
     */
    record CodeUsed(int remaining, boolean few) implements Notification {

        @Override
        public String kind() {
            return "code_used";
        }
    }

    /** Somebody tried a code that worked once: of an older set, or used before. */
    record OldCodeTried() implements Notification {

        @Override
        public String kind() {
            return "old_code_tried";
        }

        @Override
        public boolean isAtMostHourly() {
            return true;
        }
    }

    /** So many wrong codes were entered that none is taken for a while. */
    record CodesPaused() implements Notification {

        @Override
        public String kind() {
            return "codes_paused";
        }

        @Override
        public boolean isAtMostHourly() {
            return true;
        }
    }

    /** So many wrong codes were entered that none is taken any more. It cannot happen twice to the same codes. */
    record CodesDisabled() implements Notification {

        @Override
        public String kind() {
            return "codes_disabled";
        }
    }

    /** The set stops working soon. */
    record ExpiringSoon(Instant expiresAt) implements Notification {

        @Override
        public String kind() {
            return "expiring_soon";
        }
    }

    /** The help desk has made a code that works once, until then. */
    record TemporaryCodeIssued(Instant expiresAt) implements Notification {

        @Override
        public String kind() {
            return "temporary_code_issued";
        }
    }

    /** An administrator has given a set to a user who was there before. */
    record CodesImported() implements Notification {

        @Override
        public String kind() {
            return "codes_imported";
        }
    }

    /** An administrator has taken all codes from the user. */
    record CodesRevoked() implements Notification {

        @Override
        public String kind() {
            return "codes_revoked";
        }
    }
}
