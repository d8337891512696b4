package io.github.backupcodes.code;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Value object: the backup codes of a user as they are stored, hashed with one salt, each used at most once. Immutable.
 *
 * @param format         the format of the codes
 * @param scheme         how they are hashed
 * @param salt           the salt that all of them share
 * @param createdAt      when they were generated
 * @param expiresAt      from when on none of them is accepted; null for never
 * @param codes          the codes in the order shown to the user
 * @param failedAttempts the failed attempts since a code was last accepted
 * @param replaced       what is kept of the previous set; null if this set is the first
 * @param remindedAt     when the user was reminded that the set expires soon; null if not yet
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
        @Nullable Instant remindedAt) {

    /** The maximum number of codes in a set: every attempt compares all their hashes. */
    public static final int MOST_CODES = 50;

    /** Users are reminded at most this long before a set expires. */
    public static final Duration LONGEST_NOTICE = Duration.ofDays(14);

    /** For a set with a short lifespan the reminder is due in the last quarter. */
    private static final int LIFESPAN_DIVISOR = 4;

    /** Copies the list. */
    public CodeSet {
        codes = List.copyOf(codes);
    }

    /** Creates a set whose user was not reminded of its expiry yet. */
    public CodeSet(
            CodeFormat format,
            HashScheme scheme,
            Salt salt,
            Instant createdAt,
            @Nullable Instant expiresAt,
            List<StoredCode> codes,
            FailedAttempts failedAttempts,
            @Nullable ReplacedCodes replaced) {
        this(format, scheme, salt, createdAt, expiresAt, codes, failedAttempts, replaced, null);
    }

    /**
     * Hashes new codes into a set that never expires. Computes one slow hash per code.
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

    /** A copy of this set that expires at the given moment; null for never. */
    public CodeSet expiringAt(@Nullable Instant end) {
        return new CodeSet(format, scheme, salt, createdAt, end, codes, failedAttempts, replaced);
    }

    /** A copy of this set that remembers the codes of the set it replaces. */
    public CodeSet replacing(CodeSet previous) {
        List<CodeHash> hashes = previous.codes.stream().map(StoredCode::hash).toList();
        ReplacedCodes replacedCodes = new ReplacedCodes(previous.format, previous.scheme, previous.salt, hashes);
        return new CodeSet(
                format, scheme, salt, createdAt, expiresAt, codes, failedAttempts, replacedCodes, remindedAt);
    }

    /** The number of codes that the set was created with. */
    public int total() {
        return codes.size();
    }

    /** The number of codes that can still be used. */
    public int remaining() {
        return (int) codes.stream().filter(StoredCode::isUnused).count();
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
     * @param hash  the result of {@link #hash} for the typed code
     * @param use   when and from where
     * @param limit how many failed attempts start a pause
     * @return the set with that code used, with one more replay or with one more wrong code; or that no attempts are
     *     accepted at the moment
     */
    public RedeemResult redeem(CodeHash hash, CodeUse use, AttemptLimit limit) {
        Optional<RedeemResult> refusal = refusal(use.at());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        int position = position(hash);
        if (position < 0) {
            return new RedeemResult.Unknown(
                    with(codes, failedAttempts.plusFailure(limit.forSet(format, total()), use.at())));
        }
        if (!codes.get(position).isUnused()) {
            return new RedeemResult.AlreadyUsed(withOneReplay(use.at(), limit));
        }
        List<StoredCode> after = new ArrayList<>(codes);
        after.set(position, new StoredCode(hash, use));
        return new RedeemResult.Accepted(with(after, FailedAttempts.NONE));
    }

    /**
     * Refuses a code of the previous set.
     *
     * @return the set with one more replay; or that no attempts are accepted at the moment
     */
    public RedeemResult refuseReplaced(Instant now, AttemptLimit limit) {
        return refusal(now).orElseGet(() -> new RedeemResult.Replaced(withOneReplay(now, limit)));
    }

    /** Whether the set has expired. */
    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /**
     * Whether to remind the user that the set expires soon: from two weeks before it expires, or in the last quarter of
     * a shorter lifespan. Never if the user was already reminded, if the set has expired, or if no code is left.
     */
    public boolean isReminderDue(Instant now) {
        if (expiresAt == null || remindedAt != null || remaining() == 0) {
            return false;
        }
        Duration quarter = Duration.between(createdAt, expiresAt).dividedBy(LIFESPAN_DIVISOR);
        Duration notice = quarter.compareTo(LONGEST_NOTICE) < 0 ? quarter : LONGEST_NOTICE;
        return !now.isBefore(expiresAt.minus(notice)) && now.isBefore(expiresAt);
    }

    /** A copy of this set that records when the user was reminded of its expiry. */
    public CodeSet reminded(Instant at) {
        return new CodeSet(format, scheme, salt, createdAt, expiresAt, codes, failedAttempts, replaced, at);
    }

    /**
     * Why no attempts are accepted at the moment, whatever is typed: {@link RedeemResult.Expired}, {@link
     * RedeemResult.Disabled} or {@link RedeemResult.Paused}.
     */
    public Optional<RedeemResult> refusal(Instant now) {
        if (isExpired(now)) {
            return Optional.of(new RedeemResult.Expired());
        }
        if (failedAttempts.isMaximumReached()) {
            return Optional.of(new RedeemResult.Disabled());
        }
        return failedAttempts.pause(now).map(RedeemResult.Paused::new);
    }

    /** The position of the code with this hash, or -1. All hashes are compared, each in constant time. */
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

    private CodeSet with(List<StoredCode> newCodes, FailedAttempts newFailedAttempts) {
        return new CodeSet(
                format, scheme, salt, createdAt, expiresAt, newCodes, newFailedAttempts, replaced, remindedAt);
    }
}
