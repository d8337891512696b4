package io.github.backupcodes.code;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The backup codes of a user as they are kept: hashes under one salt, each used at most once. Immutable.
 *
 * @param format    how the codes look
 * @param scheme    how they are hashed
 * @param salt      the salt that all of them share
 * @param createdAt when they were made
 * @param expiresAt from when on none of them works any more; null for never
 * @param codes     the codes in the order shown to the user
 * @param failedAttempts   the codes typed in vain since the last good one
 * @param replaced  what is kept of the set that this one replaced; null when it is the first
 * @param remindedAt when the user was told that the end is near; null when that was not the case yet
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

    /** The most codes of a set: all their hashes are compared in every attempt. */
    public static final int MOST_CODES = 50;

    /** Users are told of the end of a set at most so long before. */
    public static final Duration LONGEST_NOTICE = Duration.ofDays(14);

    /** Of a short life the last quarter is soon enough. */
    private static final int PART_OF_LIFE = 4;

    /** Copies the list. */
    public CodeSet {
        codes = List.copyOf(codes);
    }

    /** A set of whose end the user was not told yet. */
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
     * Hashes new codes into a set that never expires: as many slow hashes as there are codes.
     *
     * @throws HashKeyMissingException when the key of the scheme is not there
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

    /** This set with an end to its life; null for none. */
    public CodeSet expiringAt(@Nullable Instant end) {
        return new CodeSet(format, scheme, salt, createdAt, end, codes, failedAttempts, replaced);
    }

    /** This set, remembering the codes of the one that it replaces. */
    public CodeSet replacing(CodeSet older) {
        List<CodeHash> hashes = older.codes.stream().map(StoredCode::hash).toList();
        ReplacedCodes dead = new ReplacedCodes(older.format, older.scheme, older.salt, hashes);
        return new CodeSet(format, scheme, salt, createdAt, expiresAt, codes, failedAttempts, dead, remindedAt);
    }

    /** How many codes the set had when it was made. */
    public int total() {
        return codes.size();
    }

    /** How many codes can still be used. */
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
     * The one slow hash of an attempt.
     *
     * @throws HashKeyMissingException when the key is not there that the codes were hashed with
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
     * @param hash  what {@link #hash} gave for the typed code
     * @param use   when and from where
     * @param limit how many wrong codes bring a pause
     * @return the set with that code used, with one more replay or with one more wrong code; or that attempts are not taken
     *     now
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
     * Refuses a code of the set before.
     *
     * @return the set with one more replay; or that attempts are not taken now
     */
    public RedeemResult refuseReplaced(Instant now, AttemptLimit limit) {
        return refusal(now).orElseGet(() -> new RedeemResult.Replaced(withOneReplay(now, limit)));
    }

    /** Whether the life of the set is over. */
    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /**
     * Whether it is time to tell the user that the set ends soon: two weeks before its end, or in the last quarter of a
     * short life; not once the user was told or it is over, and not where no code is left to lose.
     */
    public boolean isReminderDue(Instant now) {
        if (expiresAt == null || remindedAt != null || remaining() == 0) {
            return false;
        }
        Duration quarter = Duration.between(createdAt, expiresAt).dividedBy(PART_OF_LIFE);
        Duration notice = quarter.compareTo(LONGEST_NOTICE) < 0 ? quarter : LONGEST_NOTICE;
        return !now.isBefore(expiresAt.minus(notice)) && now.isBefore(expiresAt);
    }

    /** This set, whose user was told of its end at that moment. */
    public CodeSet reminded(Instant at) {
        return new CodeSet(format, scheme, salt, createdAt, expiresAt, codes, failedAttempts, replaced, at);
    }

    /**
     * Why no attempt is taken now, whatever is typed: {@link RedeemResult.Expired}, {@link RedeemResult.Disabled} or
     * {@link RedeemResult.Paused}.
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

    /** All hashes are compared, each in constant time. */
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

    private CodeSet with(List<StoredCode> newCodes, FailedAttempts newGuesses) {
        return new CodeSet(format, scheme, salt, createdAt, expiresAt, newCodes, newGuesses, replaced, remindedAt);
    }
}
