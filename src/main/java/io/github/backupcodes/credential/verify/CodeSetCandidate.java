package io.github.backupcodes.credential.verify;

import io.github.backupcodes.code.AttemptLimit;
import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeHash;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.CodeUse;
import io.github.backupcodes.code.HashKeyMissingException;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.code.ParsedCode;
import io.github.backupcodes.code.RedeemResult;
import io.github.backupcodes.code.Salt;
import io.github.backupcodes.credential.store.CodeSetStore;
import io.github.backupcodes.credential.store.LockedCodeSet;
import io.github.backupcodes.credential.verify.VerificationResult.Accepted;
import io.github.backupcodes.credential.verify.VerificationResult.Consequence;
import io.github.backupcodes.credential.verify.VerificationResult.Reason;
import io.github.backupcodes.credential.verify.VerificationResult.Refused;
import io.github.backupcodes.support.CredentialTypes;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** The user's own set, or the temporary code, with the code that may belong to it. */
final class CodeSetCandidate implements CodeCandidate {

    private final String type;
    private final CredentialModel cached;
    private final CodeSet set;
    private final BackupCode code;
    private final Optional<Refused> refusal;

    private CodeSetCandidate(String type, CredentialModel cached, CodeSet set, BackupCode code) {
        this.type = type;
        this.cached = cached;
        this.set = set;
        this.code = code;
        this.refusal = set.refusal(Instant.now()).map(refused -> refused(refused, set, type, Instant.now()));
    }

    /** Returns the newest set of a store in the user cache; empty if there is none. */
    static Optional<CodeCandidate> of(CodeSetStore sets, String entered) {
        return sets.newest().map(cached -> of(sets.type(), cached, entered));
    }

    private static CodeCandidate of(String type, CredentialModel cached, String entered) {
        Optional<CodeSet> set = CodeSetStore.parse(cached);
        if (set.isEmpty()) {
            return new Unusable(Refused.because(Reason.UNREADABLE));
        }
        ParsedCode parsed = set.get().format().parse(entered);
        return parsed instanceof ParsedCode.WellFormed wellFormed
                ? new CodeSetCandidate(type, cached, set.get(), wellFormed.code())
                : new Unusable(Refused.malformed((ParsedCode.Malformed) parsed));
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
        return true;
    }

    /** Hashes once; twice if the code is none of the set and there was a previous set. */
    @Override
    public Hashed hash(HashKeySource keys) {
        CodeHash hash = set.hash(code, keys);
        boolean own = set.has(hash);
        return new HashedCode(type, cached, set.salt(), hash, own, !own && isOfPreviousSet(keys));
    }

    /** Without their key the codes of the previous set are wrong ones; otherwise guesses would not be counted. */
    private boolean isOfPreviousSet(HashKeySource keys) {
        try {
            return set.replaced() != null && set.replaced().contains(code, keys);
        } catch (HashKeyMissingException onRecord) {
            return false;
        }
    }

    private static Refused refused(RedeemResult result, CodeSet before, String type, Instant now) {
        Consequence consequence =
                Consequence.of(before.failedAttempts(), result.set().failedAttempts(), now);
        return switch (result.outcome()) {
            case ALREADY_USED -> ofType(type, Refused.because(Reason.ALREADY_USED, consequence));
            case REPLACED -> Refused.because(Reason.REPLACED, consequence);
            case UNKNOWN -> Refused.because(before.remaining() == 0 ? Reason.NONE_LEFT : Reason.WRONG, consequence);
            case EXPIRED -> ofType(type, Refused.because(Reason.EXPIRED));
            case DISABLED -> Refused.because(Reason.DISABLED);
            case PAUSED -> Refused.paused(before.failedAttempts().pause(now).orElse(now));
            case ACCEPTED -> throw new IllegalArgumentException("The code was accepted");
        };
    }

    private static Refused ofType(String type, Refused refused) {
        return CredentialTypes.TEMPORARY_CODE.equals(type) ? refused.ofTemporaryCode() : refused;
    }

    @Override
    public String toString() {
        return "CodeSetCandidate[redacted]";
    }

    private record HashedCode(
            String type, CredentialModel cached, Salt salt, CodeHash hash, boolean own, boolean ofPreviousSet)
            implements Hashed {

        @Override
        public boolean isKnown() {
            return own || ofPreviousSet;
        }

        /** An unreadable row is locked as well: the attempt ends with that. */
        @Override
        public Optional<Locked> lock(KeycloakSession session, UserModel user) {
            CodeSetStore sets = new CodeSetStore(session, user, type);
            return sets.lock(cached)
                    .filter(row ->
                            row.set().filter(set -> !set.salt().equals(salt)).isEmpty())
                    .map(row -> new LockedCode(session, user, sets, row, this));
        }

        @Override
        public String toString() {
            return "HashedCode[redacted]";
        }
    }

    private record LockedCode(
            KeycloakSession session, UserModel user, CodeSetStore sets, LockedCodeSet row, HashedCode code)
            implements Locked {

        @Override
        public VerificationResult redeem(CodeUse use, AttemptLimit limit) {
            if (row.set().isEmpty()) {
                return Refused.because(Reason.UNREADABLE);
            }
            CodeSet before = row.set().get();
            RedeemResult result =
                    code.ofPreviousSet ? before.refuseReplaced(use.at(), limit) : before.redeem(code.hash, use, limit);
            if (result.outcome().isEvaluated()) {
                sets.update(row, result.set());
            }
            return result.outcome() == RedeemResult.Outcome.ACCEPTED
                    ? new Accepted(remaining(result.set()), code.type, before.rank())
                    : refused(result, before, code.type, use.at());
        }

        @Override
        public Optional<VerificationResult> recount(CodeUse use, AttemptLimit limit) {
            return row.set().flatMap(before -> recount(before, use, limit).map(result -> {
                sets.update(row, result.set());
                return refused(result, before, code.type, use.at());
            }));
        }

        private Optional<RedeemResult> recount(CodeSet set, CodeUse use, AttemptLimit limit) {
            return code.ofPreviousSet ? set.recountReplaced(use.at(), limit) : set.recount(code.hash, use, limit);
        }

        /** After a temporary code the codes of the user's own set are counted. */
        private int remaining(CodeSet after) {
            return sets.isTemporary()
                    ? new CodeSetStore(session, user, CredentialTypes.BACKUP_CODES)
                            .cachedSet()
                            .map(CodeSet::remaining)
                            .orElse(0)
                    : after.remaining();
        }

        @Override
        public String toString() {
            return "LockedCode[redacted]";
        }
    }
}
