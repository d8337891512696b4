package io.github.backupcodes.credential.verify;

import io.github.backupcodes.code.AttemptLimit;
import io.github.backupcodes.code.CodeUse;
import io.github.backupcodes.code.HashKeyMissingException;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.credential.store.CredentialLockedException;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * A credential that an entered code may belong to: the temporary code, the user's own set, or Keycloak's recovery codes. Each step
 * of an attempt returns the immutable value that the next step takes. Candidates are in the order in which their rows are locked.
 */
interface CodeCandidate {

    /** Whether the entered text has the form of one of its codes. */
    boolean matchesFormat();

    /** Why it takes no attempt, by the user cache; empty if it takes one. */
    Optional<VerificationResult.Refused> refusal();

    /** Whether {@link #hash} costs a slow hash, which is bounded for the whole server. */
    boolean needsSlowHash();

    /**
     * Hashes the code. Only if it {@linkplain #matchesFormat() matches the format}.
     *
     * @throws HashKeyMissingException if the key that the codes were hashed with is missing
     */
    Hashed hash(HashKeySource keys);

    /** Whether failed attempts keep all others off. */
    default boolean isLockedOut() {
        return refusal().filter(refused -> refused.reason().isLockout()).isPresent();
    }

    /** The code with all slow hashes computed. It belongs to no session. */
    interface Hashed {

        /** Whether it is one of the codes, or one of the previous set. */
        boolean isKnown();

        /**
         * Locks the row until the transaction of the session ends, and reads it again.
         *
         * @return the locked row; empty if the row is gone, or the code was hashed for another set
         * @throws CredentialLockedException if someone else holds the row for too long
         */
        Optional<Locked> lock(KeycloakSession session, UserModel user);
    }

    /** The locked row of a session, with the code. What it says is decisive. */
    interface Locked {

        /** Uses the code up or counts the attempt, and writes the row. */
        VerificationResult redeem(CodeUse use, AttemptLimit limit);

        /**
         * Counts an attempt once more whose count was rolled back, even during a pause that has started since.
         *
         * @return empty, and nothing is written, if there is nothing to count, as for a valid code
         */
        Optional<VerificationResult> recount(CodeUse use, AttemptLimit limit);
    }

    /** A credential that cannot have the code, because of the entered text or because none of its codes can be used. */
    record Unusable(VerificationResult.Refused refused) implements CodeCandidate {

        @Override
        public boolean matchesFormat() {
            return false;
        }

        @Override
        public Optional<VerificationResult.Refused> refusal() {
            return Optional.of(refused);
        }

        @Override
        public boolean needsSlowHash() {
            return false;
        }

        @Override
        public Hashed hash(HashKeySource keys) {
            throw new IllegalStateException("There is no code to hash");
        }
    }
}
