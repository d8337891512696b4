package io.github.backupcodes.credential;

import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.CodeUse;
import io.github.backupcodes.code.GuessLimit;
import io.github.backupcodes.code.Guesses;
import io.github.backupcodes.code.HashKeyMissingException;
import io.github.backupcodes.code.HashKeys;
import io.github.backupcodes.code.Redemption;
import io.github.backupcodes.code.TypedCode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;

/** A typed code tried against one set: first as far as it goes without a lock, then on the locked row. */
final class Trial {

    private final StoredSets sets;
    private final CredentialModel cached;
    private final @Nullable CodeSet set;
    private final @Nullable TypedCode typed;
    private @Nullable HashedAttempt hashed;
    private @Nullable BackupCodesCredentialModel row;

    private Trial(StoredSets sets, CredentialModel cached, @Nullable CodeSet set, @Nullable TypedCode typed) {
        this.sets = sets;
        this.cached = cached;
        this.set = set;
        this.typed = typed;
    }

    /** Against a set from the user cache. */
    static Trial of(StoredSets sets, CredentialModel cached, String typed) {
        CodeSet set = StoredSets.readable(cached).orElse(null);
        return new Trial(sets, cached, set, set == null ? null : set.format().read(typed));
    }

    /** The type of the credential that the set is kept in. */
    String type() {
        return sets.type();
    }

    /** Whether what was typed has the form of a code of the set. */
    boolean fits() {
        return typed instanceof TypedCode.WellFormed;
    }

    /** Why no hash is worth its while; nothing when the set takes the attempt. */
    Optional<Attempt> obstacle() {
        if (set == null) {
            return Optional.of(new Attempt.Unreadable());
        }
        if (typed instanceof TypedCode.Mistyped mistyped) {
            return Optional.of(new Attempt.Mistyped(mistyped));
        }
        return set.refusal(Instant.now()).map(refusal -> attempt(refusal, set, Instant.now()));
    }

    /** Whether wrong codes keep all attempts off: then nothing may tell whether this one is good. */
    boolean isHeld() {
        return obstacle()
                .filter(attempt -> attempt instanceof Attempt.Paused || attempt instanceof Attempt.Disabled)
                .isPresent();
    }

    /**
     * Computes the slow hashes. Only for what {@link #fits()}.
     *
     * @return whether it is a code of the set, or of the one before
     * @throws HashKeyMissingException when the key of the set is not there
     */
    boolean hash(HashKeys keys) {
        BackupCode code = ((TypedCode.WellFormed) present(typed)).code();
        HashedAttempt attempt = HashedAttempt.of(code, present(set), keys);
        hashed = attempt;
        return attempt.replaced() || present(set).has(attempt.hash());
    }

    /**
     * Locks the row and reads it afresh.
     *
     * @return whether the code was hashed for what is in it
     * @throws RowBusyException when somebody else holds the row for too long
     */
    boolean lock() {
        BackupCodesCredentialModel locked = sets.lock(cached).orElse(null);
        row = locked;
        return locked != null
                && StoredSets.readable(locked)
                        .filter(current ->
                                !current.salt().equals(present(hashed).salt()))
                        .isEmpty();
    }

    /** The same attempt, hashes included, at the same set as another session has it. */
    Trial with(StoredSets others) {
        Trial same = new Trial(others, cached, set, typed);
        same.hashed = hashed;
        return same;
    }

    /** The row is locked now: whether it has the code, and takes it. */
    boolean isRight(CodeUse use, GuessLimit limit) {
        return StoredSets.readable(present(row))
                .filter(current -> current.redeem(present(hashed).hash(), use, limit) instanceof Redemption.Accepted)
                .isPresent();
    }

    /** The row is locked now: what it says is so. */
    Attempt decide(CodeUse use, GuessLimit limit) {
        BackupCodesCredentialModel credential = present(row);
        Optional<CodeSet> readable = StoredSets.readable(credential);
        if (readable.isEmpty()) {
            return new Attempt.Unreadable();
        }
        CodeSet current = readable.get();
        Redemption redemption = present(hashed).replaced()
                ? current.refuseReplaced(use.at(), limit)
                : current.redeem(present(hashed).hash(), use, limit);
        if (redemption instanceof Redemption.Evaluated evaluated) {
            sets.update(credential.updated(evaluated.set()));
        }
        return attempt(redemption, current, use.at());
    }

    private Attempt attempt(Redemption redemption, CodeSet before, Instant now) {
        if (redemption instanceof Redemption.Accepted accepted) {
            return new Attempt.Accepted(accepted.set().remaining(), sets.type());
        }
        if (redemption instanceof Redemption.Paused paused) {
            return new Attempt.Paused(paused.until());
        }
        if (redemption instanceof Redemption.Expired) {
            return new Attempt.Expired(sets.areTemporary());
        }
        if (redemption instanceof Redemption.Disabled) {
            return new Attempt.Disabled();
        }
        Attempt.Consequence consequence = redemption instanceof Redemption.Evaluated evaluated
                ? consequence(evaluated.set().guesses(), now)
                : Attempt.Consequence.NONE;
        if (redemption instanceof Redemption.AlreadyUsed) {
            return new Attempt.AlreadyUsed(sets.areTemporary(), consequence);
        }
        if (redemption instanceof Redemption.Replaced) {
            return new Attempt.Replaced(consequence);
        }
        return before.remaining() == 0 ? new Attempt.NoneLeft(consequence) : new Attempt.Wrong(consequence);
    }

    /** What the last attempt that was counted has brought. */
    static Attempt.Consequence consequence(Guesses guesses, Instant now) {
        if (guesses.areTooMany()) {
            return Attempt.Consequence.DISABLED;
        }
        return guesses.pause(now).isPresent() ? Attempt.Consequence.PAUSED : Attempt.Consequence.NONE;
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a step of the verification is missing");
        }
        return value;
    }
}
