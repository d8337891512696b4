package io.github.backupcodes.credential.verify;

import io.github.backupcodes.code.AttemptLimit;
import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.CodeUse;
import io.github.backupcodes.code.FailedAttempts;
import io.github.backupcodes.code.HashKeyMissingException;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.code.ParsedCode;
import io.github.backupcodes.code.RedeemResult;
import io.github.backupcodes.credential.model.BackupCodesCredentialModel;
import io.github.backupcodes.credential.store.CodeSetStore;
import io.github.backupcodes.credential.store.CredentialLockedException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;

/** A typed code tried against one set: first as far as it goes without a lock, then on the locked row. */
final class CodeSetVerification {

    private final CodeSetStore sets;
    private final CredentialModel cached;
    private final @Nullable CodeSet set;
    private final @Nullable ParsedCode typed;
    private @Nullable HashedAttempt hashed;
    private @Nullable BackupCodesCredentialModel row;

    private CodeSetVerification(
            CodeSetStore sets, CredentialModel cached, @Nullable CodeSet set, @Nullable ParsedCode typed) {
        this.sets = sets;
        this.cached = cached;
        this.set = set;
        this.typed = typed;
    }

    /** Against a set from the user cache. */
    static CodeSetVerification of(CodeSetStore sets, CredentialModel cached, String typed) {
        CodeSet set = CodeSetStore.parse(cached).orElse(null);
        return new CodeSetVerification(
                sets, cached, set, set == null ? null : set.format().read(typed));
    }

    /** The type of the credential that the set is kept in. */
    String type() {
        return sets.type();
    }

    /** Whether what was typed has the form of a code of the set. */
    boolean fits() {
        return typed instanceof ParsedCode.WellFormed;
    }

    /** Why no hash is worth its while; nothing when the set takes the attempt. */
    Optional<VerificationResult> obstacle() {
        if (set == null) {
            return Optional.of(new VerificationResult.Unreadable());
        }
        if (typed instanceof ParsedCode.Mistyped mistyped) {
            return Optional.of(new VerificationResult.Mistyped(mistyped));
        }
        return set.refusal(Instant.now()).map(refusal -> attempt(refusal, set, Instant.now()));
    }

    /** Whether wrong codes keep all attempts off: then nothing may tell whether this one is good. */
    boolean isHeld() {
        return obstacle()
                .filter(attempt ->
                        attempt instanceof VerificationResult.Paused || attempt instanceof VerificationResult.Disabled)
                .isPresent();
    }

    /**
     * Computes the slow hashes. Only for what {@link #fits()}.
     *
     * @return whether it is a code of the set, or of the one before
     * @throws HashKeyMissingException when the key of the set is not there
     */
    boolean hash(HashKeySource keys) {
        BackupCode code = ((ParsedCode.WellFormed) present(typed)).code();
        HashedAttempt attempt = HashedAttempt.of(code, present(set), keys);
        hashed = attempt;
        return attempt.replaced() || present(set).has(attempt.hash());
    }

    /**
     * Locks the row and reads it afresh.
     *
     * @return whether the code was hashed for what is in it
     * @throws CredentialLockedException when somebody else holds the row for too long
     */
    boolean lock() {
        BackupCodesCredentialModel locked = sets.lock(cached).orElse(null);
        row = locked;
        return locked != null
                && CodeSetStore.parse(locked)
                        .filter(current ->
                                !current.salt().equals(present(hashed).salt()))
                        .isEmpty();
    }

    /** The same attempt, hashes included, at the same set as another session has it. */
    CodeSetVerification with(CodeSetStore others) {
        CodeSetVerification same = new CodeSetVerification(others, cached, set, typed);
        same.hashed = hashed;
        return same;
    }

    /** The row is locked now: whether it has the code, and takes it. */
    boolean isRight(CodeUse use, AttemptLimit limit) {
        return CodeSetStore.parse(present(row))
                .filter(current -> current.redeem(present(hashed).hash(), use, limit) instanceof RedeemResult.Accepted)
                .isPresent();
    }

    /** The row is locked now: what it says is so. */
    VerificationResult decide(CodeUse use, AttemptLimit limit) {
        BackupCodesCredentialModel credential = present(row);
        Optional<CodeSet> readable = CodeSetStore.parse(credential);
        if (readable.isEmpty()) {
            return new VerificationResult.Unreadable();
        }
        CodeSet current = readable.get();
        RedeemResult result = present(hashed).replaced()
                ? current.refuseReplaced(use.at(), limit)
                : current.redeem(present(hashed).hash(), use, limit);
        if (result instanceof RedeemResult.Evaluated evaluated) {
            sets.update(credential.updated(evaluated.set()));
        }
        return attempt(result, current, use.at());
    }

    private VerificationResult attempt(RedeemResult result, CodeSet before, Instant now) {
        if (result instanceof RedeemResult.Accepted accepted) {
            return new VerificationResult.Accepted(accepted.set().remaining(), sets.type());
        }
        if (result instanceof RedeemResult.Paused paused) {
            return new VerificationResult.Paused(paused.until());
        }
        if (result instanceof RedeemResult.Expired) {
            return new VerificationResult.Expired(sets.isTemporary());
        }
        if (result instanceof RedeemResult.Disabled) {
            return new VerificationResult.Disabled();
        }
        VerificationResult.Consequence consequence = result instanceof RedeemResult.Evaluated evaluated
                ? consequence(evaluated.set().failedAttempts(), now)
                : VerificationResult.Consequence.NONE;
        if (result instanceof RedeemResult.AlreadyUsed) {
            return new VerificationResult.AlreadyUsed(sets.isTemporary(), consequence);
        }
        if (result instanceof RedeemResult.Replaced) {
            return new VerificationResult.Replaced(consequence);
        }
        return before.remaining() == 0
                ? new VerificationResult.NoneLeft(consequence)
                : new VerificationResult.Wrong(consequence);
    }

    /** What the last attempt that was counted has brought. */
    static VerificationResult.Consequence consequence(FailedAttempts attempts, Instant now) {
        if (attempts.isMaximumReached()) {
            return VerificationResult.Consequence.DISABLED;
        }
        return attempts.pause(now).isPresent()
                ? VerificationResult.Consequence.PAUSED
                : VerificationResult.Consequence.NONE;
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a step of the trial was left out");
        }
        return value;
    }
}
