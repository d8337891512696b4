package io.github.backupcodes.code;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Value object for the backup codes of a user as they are stored: hashes under one salt, each used at most once.
 *
 * @param format    the form of the codes
 * @param scheme    how they are hashed
 * @param salt      the salt that all of them share
 * @param createdAt when they were generated
 * @param expiresAt when they expire; null for never
 * @param codes     the codes in the order shown to the user
 * @param failedAttempts   the failed attempts since the last valid code
 * @param replaced  what is kept of the previous set; null for a first set
 * @param remindedAt when the user was notified that the codes expire soon; null if that was not the case yet
 * @param rank      what the codes are worth: the rank of the sign-in in which they were generated
 */
public record CodeSet(
        CodeFormat format,
        HashScheme scheme,
        Salt salt,
        Instant createdAt,
        @Nullable Instant expiresAt,
        List<StoredCode> codes,
        FailedAttempts failedAttempts,
        @Nullable ReplacedCodes replaced,
        @Nullable Instant remindedAt,
        FactorRank rank)
        implements CodeSetFigures {

    /** The most codes of a set: every attempt compares all their hashes. */
    public static final int MOST_CODES = 50;

    /** Copies the list. */
    public CodeSet {
        codes = List.copyOf(codes);
    }

    /** A strong set whose user was not notified yet that it expires. */
    public CodeSet(
            CodeFormat format,
            HashScheme scheme,
            Salt salt,
            Instant createdAt,
            @Nullable Instant expiresAt,
            List<StoredCode> codes,
            FailedAttempts failedAttempts,
            @Nullable ReplacedCodes replaced) {
        this(format, scheme, salt, createdAt, expiresAt, codes, failedAttempts, replaced, null, FactorRank.STRONG);
    }

    /**
     * Hashes new codes into a set that never expires: one slow hash for each code.
     *
     * @throws HashKeyMissingException if the key of the scheme is missing
     */
    public static CodeSet of(
            List<BackupCode> plain,
            CodeFormat format,
            HashScheme scheme,
            Salt salt,
            Instant createdAt,
            HashKeySource keys) {
        List<StoredCode> codes =
                scheme.hash(plain, salt, keys).stream().map(StoredCode::unused).toList();
        return new CodeSet(format, scheme, salt, createdAt, null, codes, FailedAttempts.NONE, null);
    }

    /** Returns this set with a time at which it expires; null for never. */
    public CodeSet expiringAt(@Nullable Instant end) {
        return new CodeSet(format, scheme, salt, createdAt, end, codes, failedAttempts, replaced, null, rank);
    }

    /** Returns this set with the rank of the sign-in in which it was generated. */
    public CodeSet ranked(FactorRank newRank) {
        return new CodeSet(
                format, scheme, salt, createdAt, expiresAt, codes, failedAttempts, replaced, remindedAt, newRank);
    }

    /** Returns this set with the hashes of the set that it replaces. */
    public CodeSet replacing(CodeSet older) {
        List<CodeHash> hashes = older.codes.stream().map(StoredCode::hash).toList();
        ReplacedCodes previous = new ReplacedCodes(older.format, older.scheme, older.salt, hashes);
        return new CodeSet(
                format, scheme, salt, createdAt, expiresAt, codes, failedAttempts, previous, remindedAt, rank);
    }

    @Override
    public int total() {
        return codes.size();
    }

    @Override
    public int remaining() {
        return (int) codes.stream().filter(StoredCode::isUnused).count();
    }

    @Override
    public int consecutiveFailures() {
        return failedAttempts.consecutive();
    }

    /** When a code was last used. */
    public Optional<Instant> lastUsedAt() {
        return codes.stream()
                .flatMap(code -> code.used().stream())
                .map(CodeUse::at)
                .max(Comparator.naturalOrder());
    }

    /**
     * Computes the one slow hash of an attempt.
     *
     * @throws HashKeyMissingException if the key that the codes were hashed with is missing
     */
    public CodeHash hash(BackupCode code, HashKeySource keys) {
        return scheme.hash(code, salt, keys);
    }

    /** Whether one of the codes, used or not, has this hash. */
    public boolean has(CodeHash hash) {
        return position(hash) >= 0;
    }

    /**
     * Uses up the code with this hash.
     *
     * @param hash  the result of {@link #hash} for the entered code
     * @param use   when and from where
     * @param limit how many failed attempts bring a pause
     * @return the outcome, with the set in which the code is used, or the replay or the failed attempt is counted
     */
    public RedeemResult redeem(CodeHash hash, CodeUse use, AttemptLimit limit) {
        return refusal(use.at()).orElseGet(() -> evaluate(hash, use, limit));
    }

    /**
     * Counts an attempt once more whose count was rolled back. It was evaluated before a pause that may have started since, so the
     * pause does not prevent the count.
     *
     * @return the outcome; empty if there is nothing to count, because the code is valid or the set expired or disabled
     */
    public Optional<RedeemResult> recount(CodeHash hash, CodeUse use, AttemptLimit limit) {
        return takesCounts(use.at())
                ? Optional.of(evaluate(hash, use, limit))
                        .filter(result -> result.outcome() != RedeemResult.Outcome.ACCEPTED)
                : Optional.empty();
    }

    private RedeemResult evaluate(CodeHash hash, CodeUse use, AttemptLimit limit) {
        int position = position(hash);
        if (position < 0) {
            FailedAttempts counted = failedAttempts.plusFailure(limit.forSet(format, total()), use.at());
            return new RedeemResult(RedeemResult.Outcome.UNKNOWN, with(codes, counted));
        }
        if (!codes.get(position).isUnused()) {
            return new RedeemResult(RedeemResult.Outcome.ALREADY_USED, withOneReplay(use.at(), limit));
        }
        List<StoredCode> after = new ArrayList<>(codes);
        after.set(position, new StoredCode(hash, use));
        return new RedeemResult(RedeemResult.Outcome.ACCEPTED, with(after, FailedAttempts.NONE));
    }

    /** Refuses a code of the previous set, and counts the replay if the set takes attempts. */
    public RedeemResult refuseReplaced(Instant now, AttemptLimit limit) {
        return refusal(now).orElseGet(() -> evaluateReplaced(now, limit));
    }

    /** Counts a code of the previous set once more, like {@link #recount}. */
    public Optional<RedeemResult> recountReplaced(Instant now, AttemptLimit limit) {
        return takesCounts(now) ? Optional.of(evaluateReplaced(now, limit)) : Optional.empty();
    }

    private RedeemResult evaluateReplaced(Instant now, AttemptLimit limit) {
        return new RedeemResult(RedeemResult.Outcome.REPLACED, withOneReplay(now, limit));
    }

    private boolean takesCounts(Instant now) {
        return !isExpired(now) && !isDisabled();
    }

    /**
     * Whether it is time to notify the user that the codes expire soon. It is not if the user was notified before, or if no code
     * works that could be lost.
     */
    public boolean isReminderDue(Instant now) {
        return remindedAt == null && hasWorkingCodes(now) && expiresSoon(now);
    }

    /** Returns this set, whose user was notified at that time that it expires. */
    public CodeSet reminded(Instant at) {
        return new CodeSet(format, scheme, salt, createdAt, expiresAt, codes, failedAttempts, replaced, at, rank);
    }

    /**
     * Why no attempt is taken now, whatever is entered: {@link RedeemResult.Outcome#EXPIRED}, {@link RedeemResult.Outcome#DISABLED}
     * or {@link RedeemResult.Outcome#PAUSED}.
     */
    public Optional<RedeemResult> refusal(Instant now) {
        if (isExpired(now)) {
            return Optional.of(new RedeemResult(RedeemResult.Outcome.EXPIRED, this));
        }
        if (isDisabled()) {
            return Optional.of(new RedeemResult(RedeemResult.Outcome.DISABLED, this));
        }
        return failedAttempts.pause(now).map(until -> new RedeemResult(RedeemResult.Outcome.PAUSED, this));
    }

    /** Compares all hashes, each in constant time. */
    private int position(CodeHash hash) {
        int position = -1;
        for (int i = 0; i < codes.size(); i++) {
            if (codes.get(i).hash().equals(hash)) {
                position = i;
            }
        }
        return position;
    }

    private CodeSet withOneReplay(Instant now, AttemptLimit limit) {
        return with(codes, failedAttempts.plusReplay(limit.forSet(format, total()), now));
    }

    private CodeSet with(List<StoredCode> newCodes, FailedAttempts newAttempts) {
        return new CodeSet(
                format, scheme, salt, createdAt, expiresAt, newCodes, newAttempts, replaced, remindedAt, rank);
    }
}
