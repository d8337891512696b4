package io.github.backupcodes.credential.verify;

import io.github.backupcodes.code.AttemptLimit;
import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeUse;
import io.github.backupcodes.code.FactorRank;
import io.github.backupcodes.code.FailedAttempts;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.credential.store.CredentialRowStore;
import io.github.backupcodes.credential.verify.VerificationResult.Accepted;
import io.github.backupcodes.credential.verify.VerificationResult.Consequence;
import io.github.backupcodes.credential.verify.VerificationResult.Reason;
import io.github.backupcodes.credential.verify.VerificationResult.Refused;
import io.github.backupcodes.support.UserCaches;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;

/** Keycloak's recovery codes, with the code that may be one of them. Each of those left is accepted once, in any order. */
final class RecoveryCodesCandidate implements CodeCandidate {

    private final RecoveryCodesCredential cached;
    private final BackupCode code;
    private final Optional<Refused> refusal;

    /** Takes the recovery codes and their usage from the user cache. */
    RecoveryCodesCandidate(RecoveryCodesCredential cached, BackupCode code, RecoveryCodeUsage usage) {
        this.cached = cached;
        this.code = code;
        this.refusal = refusal(usage, Instant.now());
    }

    @Override
    public boolean matchesFormat() {
        return true;
    }

    @Override
    public Optional<Refused> refusal() {
        return refusal;
    }

    @Override
    public boolean needsSlowHash() {
        return false;
    }

    @Override
    public Hashed hash(HashKeySource keys) {
        return new HashedCode(cached.id(), code, cached.has(code));
    }

    private static Optional<Refused> refusal(RecoveryCodeUsage usage, Instant now) {
        return usage.failedAttempts().isMaximumReached()
                ? Optional.of(Refused.because(Reason.DISABLED))
                : usage.failedAttempts().pause(now).map(Refused::paused);
    }

    @Override
    public String toString() {
        return "RecoveryCodesCandidate[redacted]";
    }

    /** Keycloak's hash, SHA-512 without a salt, is computed when the code is compared with each of those left. */
    private record HashedCode(String credentialId, BackupCode code, boolean isKnown) implements Hashed {

        @Override
        public Optional<Locked> lock(KeycloakSession session, UserModel user) {
            CredentialRowStore rows = new CredentialRowStore(session);
            RecoveryCodeUsageStore usage = new RecoveryCodeUsageStore(session, user);
            if (!usage.exists()) {
                // creating the usage takes the lock of the user, for which those wait who save a first set
                rows.lockOwner(user);
            }
            return rows.lock(user, credentialId)
                    .flatMap(RecoveryCodesCredential::of)
                    .map(row -> new LockedCode(rows, user, usage, row, this));
        }
    }

    private record LockedCode(
            CredentialRowStore rows,
            UserModel user,
            RecoveryCodeUsageStore usages,
            RecoveryCodesCredential row,
            HashedCode hashed)
            implements Locked {

        @Override
        public VerificationResult redeem(CodeUse use, AttemptLimit limit) {
            // from now on other nodes read the row as well
            UserCaches.bypass(user);
            RecoveryCodeUsage usage = usages.locked(row.id());
            Optional<Refused> refusal = refusal(usage, use.at());
            if (refusal.isPresent()) {
                return refusal.get();
            }
            return isValid(usage) ? accept(usage) : refuse(usage, use, limit);
        }

        @Override
        public Optional<VerificationResult> recount(CodeUse use, AttemptLimit limit) {
            UserCaches.bypass(user);
            RecoveryCodeUsage usage = usages.locked(row.id());
            return isValid(usage) || usage.failedAttempts().isMaximumReached()
                    ? Optional.empty()
                    : Optional.of(refuse(usage, use, limit));
        }

        /** Asks the usage as well, because Keycloak's form may write back a list from before the use. */
        private boolean isValid(RecoveryCodeUsage usage) {
            return !usage.haveUsed(hashed.code) && row.has(hashed.code);
        }

        /** A code that only the user cache still has was used by Keycloak's form a moment ago. */
        private Refused refuse(RecoveryCodeUsage usage, CodeUse use, AttemptLimit limit) {
            boolean isReplay = usage.haveUsed(hashed.code) || hashed.isKnown;
            AttemptLimit ofWeakCodes = limit.forWeakCodes();
            FailedAttempts before = usage.failedAttempts();
            FailedAttempts after =
                    isReplay ? before.plusReplay(ofWeakCodes, use.at()) : before.plusFailure(ofWeakCodes, use.at());
            usages.put(row.id(), usage.with(after));
            return Refused.because(
                    isReplay ? Reason.ALREADY_USED : Reason.WRONG, Consequence.of(before, after, use.at()));
        }

        /** Like Keycloak's form, removes the credential with the last code. */
        private VerificationResult accept(RecoveryCodeUsage usage) {
            usages.put(row.id(), usage.using(row.hash(hashed.code), row.remaining() == 1));
            CredentialModel after = row.without(hashed.code);
            if (row.remaining() == 0) {
                rows.remove(user, row.id());
            } else {
                rows.updateShared(user, after);
            }
            return new Accepted(row.remaining(), RecoveryAuthnCodesCredentialModel.TYPE, FactorRank.STRONG);
        }

        @Override
        public String toString() {
            return "LockedCode[redacted]";
        }
    }
}
