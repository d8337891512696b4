package io.github.backupcodes.notification;

import java.time.Instant;
import java.util.Set;

/**
 * An event that users are notified of (NIST SP 800-63B-4, 4.2.1.1 and 4.6; OWASP ASVS 5.0, 6.3.5 and 6.3.7). It says
 * what happened; when, from where and by which application comes from the request.
 */
public sealed interface Notification {

    /** The kind in one word, for events and metrics. */
    String kind();

    /**
     * Whether the user gets at most one mail of this kind per hour, because anyone at the page can cause it repeatedly.
     * Each kind has its own limit, so that no kind suppresses another.
     */
    default boolean isAtMostHourly() {
        return false;
    }

    /**
     * New codes were generated.
     *
     * @param beside the ids of credentials that the same person set up earlier in the same sign-in, such as a second
     *     factor
     */
    record CodesMade(Set<String> beside) implements Notification {

        /** Copies the ids. */
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
     * @param remaining the number of codes left
     * @param few       whether these are few by the policy
     */
    record CodeUsed(int remaining, boolean few) implements Notification {

        @Override
        public String kind() {
            return "code_used";
        }
    }

    /** Someone tried a code that once worked: from an older set, or already used. */
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

    /** After too many failed attempts the set was paused. */
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

    /** After too many wrong codes the set was disabled. This happens at most once to a set. */
    record CodesDisabled() implements Notification {

        @Override
        public String kind() {
            return "codes_disabled";
        }
    }

    /** The set expires soon. */
    record ExpiringSoon(Instant expiresAt) implements Notification {

        @Override
        public String kind() {
            return "expiring_soon";
        }
    }

    /** The help desk issued a temporary code, which works once, until the given moment. */
    record TemporaryCodeIssued(Instant expiresAt) implements Notification {

        @Override
        public String kind() {
            return "temporary_code_issued";
        }
    }

    /** An administrator imported a set for an existing user. */
    record CodesImported() implements Notification {

        @Override
        public String kind() {
            return "codes_imported";
        }
    }

    /** An administrator revoked all codes of the user. */
    record CodesRevoked() implements Notification {

        @Override
        public String kind() {
            return "codes_revoked";
        }
    }
}
