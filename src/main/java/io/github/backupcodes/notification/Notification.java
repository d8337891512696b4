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
     * @param beside    the ids of credentials that the same person set up earlier in the same sign-in, such as a second
     *     factor
     * @param replacing whether the user had codes before, which no longer work
     */
    record CodesMade(Set<String> beside, boolean replacing) implements Notification {

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
     * A code of the user's set, or a Keycloak recovery code, was used to sign in.
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

    /** The temporary code was used to sign in; the codes of the user's set remain as they are. */
    record TemporaryCodeUsed() implements Notification {

        @Override
        public String kind() {
            return "temporary_code_used";
        }
    }

    /**
     * Someone tried a code that once worked: from an older set, or already used.
     *
     * @param noneLeft whether the user's set has no unused code
     */
    record OldCodeTried(boolean noneLeft) implements Notification {

        @Override
        public String kind() {
            return "old_code_tried";
        }

        @Override
        public boolean isAtMostHourly() {
            return true;
        }
    }

    /** Someone tried a temporary code that was already used. */
    record TemporaryCodeTriedAgain() implements Notification {

        @Override
        public String kind() {
            return "temporary_code_tried_again";
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

    /** After too many wrong codes the temporary code was disabled, and nothing else. */
    record TemporaryCodeDisabled() implements Notification {

        @Override
        public String kind() {
            return "temporary_code_disabled";
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

    /**
     * An administrator imported a set for an existing user.
     *
     * @param replacing whether the user had codes before, which no longer work
     */
    record CodesImported(boolean replacing) implements Notification {

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

    /** An administrator revoked the temporary code of the user, and there was nothing else to revoke. */
    record TemporaryCodeRevoked() implements Notification {

        @Override
        public String kind() {
            return "temporary_code_revoked";
        }
    }

    /** What happened to a second factor whose codes are sent. */
    sealed interface OfVerificationCode extends Notification {

        /** The type of the credential. */
        String type();

        /** What happened, in one word. */
        String what();

        @Override
        default String kind() {
            return type().replace('-', '_') + '_' + what();
        }
    }

    /**
     * A second factor whose codes are sent was set up.
     *
     * @param type      of the credential
     * @param beside    the ids of credentials that the same person set up in the same sign-in, this one included
     * @param replacing whether codes went to another address or number before
     */
    record VerificationCodeSetUp(String type, Set<String> beside, boolean replacing) implements OfVerificationCode {

        /** Copies the ids. */
        public VerificationCodeSetUp {
            beside = Set.copyOf(beside);
        }

        @Override
        public String what() {
            return "set_up";
        }
    }

    /** A second factor whose codes are sent was removed by the user, or by someone in a session of the user. */
    record VerificationCodeDeleted(String type) implements OfVerificationCode {

        @Override
        public String what() {
            return "deleted";
        }
    }

    /** A second factor whose codes are sent was removed by an administrator. */
    record VerificationCodeRevoked(String type) implements OfVerificationCode {

        @Override
        public String what() {
            return "revoked";
        }
    }

    /** After several wrong codes none is accepted for a while. */
    record VerificationCodePaused(String type) implements OfVerificationCode {

        @Override
        public String what() {
            return "paused";
        }

        @Override
        public boolean isAtMostHourly() {
            return true;
        }
    }

    /** After too many wrong codes none is accepted until the factor is set up again. */
    record VerificationCodeDisabled(String type) implements OfVerificationCode {

        @Override
        public String what() {
            return "disabled";
        }
    }

    /** Several codes in a row were sent and not entered. */
    record VerificationCodesUnused(String type) implements OfVerificationCode {

        @Override
        public String what() {
            return "unused";
        }

        @Override
        public String kind() {
            return type().replace('-', '_') + "s_" + what();
        }
    }

    /**
     * A second factor was added after a sign-in that was weaker than the best factor that the user had.
     *
     * @param id   of the credential
     * @param name its name: a message key of the login theme, or the text itself
     */
    record WeakFactorAdded(String id, String name) implements Notification {

        @Override
        public String kind() {
            return "weak_factor_added";
        }

        /** The link of the first mail also undoes what follows. */
        @Override
        public boolean isAtMostHourly() {
            return true;
        }
    }

    /**
     * A second factor was removed after a sign-in that was weaker than it.
     *
     * @param name its name: a message key of the login theme, or the text itself
     */
    record StrongerFactorRemoved(String name) implements Notification {

        @Override
        public String kind() {
            return "stronger_factor_removed";
        }

        /** A session can remove many at once. */
        @Override
        public boolean isAtMostHourly() {
            return true;
        }
    }

    /** The user, or someone in a session of the user, deleted the set. */
    record CodesDeleted() implements Notification {

        @Override
        public String kind() {
            return "codes_deleted";
        }
    }
}
