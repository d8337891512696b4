package io.github.backupcodes.credential.verify;

import io.github.backupcodes.code.AttemptLimit;
import io.github.backupcodes.code.CodeUse;
import io.github.backupcodes.code.HashKeyMissingException;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.credential.store.CodeSetStore;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.credential.store.UnsettledAttempt;
import io.github.backupcodes.credential.verify.VerificationResult.Reason;
import io.github.backupcodes.credential.verify.VerificationResult.Refused;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.UserCaches;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Verifies an entered code against everything that a user has, and uses it up: parse, refuse, hash, lock, redeem, report.
 *
 * <p>Single use is decided by the row. The slow hash is computed before any lock. Then the row is locked and read again, and the
 * code is looked up, marked as used and written in the transaction of the request. A second request with the same code waits for
 * the lock and finds a used code. Failed attempts are counted in the same place.
 *
 * <p>The temporary code and the user's own set are tried together, with one slow hash for each of the two that the text has the
 * form of, until one of them has the code. A code that none of them has is a failed attempt for each of them, so that the limit of
 * a set holds whatever else the user has. A set that takes no attempt (paused, expired, disabled) does not keep the other from
 * taking one, and counts nothing. Keycloak's recovery codes come first if the user cache has the code among them, because that
 * costs no slow hash, and last otherwise: they take the attempts that no set has evaluated.
 */
public final class CodeVerifier {

    private final KeycloakSession session;
    private final UserModel user;
    private final HashingLimiter hashingLimiter;
    private final HashKeySource keys;
    private final Reporting reporting;

    /** Takes the user, the limiter for slow hashes, and how results are reported. */
    public CodeVerifier(
            KeycloakSession session,
            UserModel user,
            HashingLimiter hashingLimiter,
            HashKeySource keys,
            Reporting reporting) {
        this.session = session;
        this.user = user;
        this.hashingLimiter = hashingLimiter;
        this.keys = keys;
        this.reporting = reporting;
    }

    /** Reports the result of an attempt, to metrics and to the user by mail. */
    @FunctionalInterface
    public interface Reporting {

        /** Takes a session, and the user as that session has it. */
        void report(KeycloakSession session, UserModel user, VerificationResult result);
    }

    /**
     * Verifies a code.
     *
     * @param entered the text as it was entered
     * @param channel the way on which it came
     * @param address the client's IP address, which is kept with a used code
     * @param limit   how many failed attempts bring a pause
     */
    public VerificationResult verify(String entered, SignInChannel channel, String address, AttemptLimit limit) {
        Optional<CodeCandidate> recoveryCodes = new KeycloakRecoveryCodes(session, user).candidate(entered);
        Optional<VerificationResult> first = recoveryCodes
                .filter(this::hasCodeWithoutSlowHash)
                .flatMap(known -> attempt(List.of(known), address, limit));
        VerificationResult result = first.orElseGet(() -> {
            VerificationResult ofSets = verifyWithSets(entered, channel, address, limit);
            return recoveryCodes
                    .filter(candidate -> takesOver(candidate, ofSets))
                    .flatMap(candidate -> attempt(List.of(candidate), address, limit))
                    .orElse(ofSets);
        });
        reporting.report(session, user, result);
        return result;
    }

    /** By the user cache. During a pause nothing may show whether the code is valid. */
    private boolean hasCodeWithoutSlowHash(CodeCandidate candidate) {
        return candidate.matchesFormat()
                && candidate.refusal().isEmpty()
                && !candidate.needsSlowHash()
                && candidate.hash(keys).isKnown();
    }

    /** A busy server has counted nothing for the sets, and must not count for the recovery codes either. */
    private static boolean takesOver(CodeCandidate recoveryCodes, VerificationResult ofSets) {
        return !ofSets.isEvaluated()
                && !ofSets.is(Reason.BUSY)
                && (recoveryCodes.matchesFormat() || ofSets.is(Reason.NO_SET));
    }

    private VerificationResult verifyWithSets(
            String entered, SignInChannel channel, String address, AttemptLimit limit) {
        return attempt(sets(entered, channel), address, limit)
                .or(() -> {
                    // the user cache has no set, or another one than the rows
                    UserCaches.bypass(user);
                    return attempt(sets(entered, channel), address, limit);
                })
                .orElseGet(() -> Refused.because(Reason.NO_SET));
    }

    /** In the order of the locks. */
    private List<CodeCandidate> sets(String entered, SignInChannel channel) {
        List<String> types =
                switch (channel) {
                    case BROWSER -> List.of(CredentialTypes.TEMPORARY_CODE, CredentialTypes.BACKUP_CODES);
                    case DIRECT_GRANT -> List.of(CredentialTypes.BACKUP_CODES);
                };
        return types.stream()
                .map(type -> new CodeSetStore(session, user, type))
                .flatMap(sets -> CodeSetCandidate.of(sets, entered).stream())
                .toList();
    }

    /** Returns the result; empty if there is no candidate, or if a row is gone or has another set than the user cache. */
    private Optional<VerificationResult> attempt(List<CodeCandidate> candidates, String address, AttemptLimit limit) {
        // refuse: no hash for an attempt that no candidate takes
        List<CodeCandidate> matching =
                candidates.stream().filter(CodeCandidate::matchesFormat).toList();
        if (matching.stream().noneMatch(candidate -> candidate.refusal().isEmpty())) {
            return last(matching.isEmpty() ? candidates : matching)
                    .flatMap(CodeCandidate::refusal)
                    .map(VerificationResult.class::cast);
        }
        try {
            // hash
            Optional<List<CodeCandidate.Hashed>> hashed = hash(matching);
            if (hashed.isEmpty()) {
                return Optional.of(Refused.because(Reason.BUSY));
            }
            // lock: all rows before the first count, because nothing may be counted if another row has changed
            List<CodeCandidate.Locked> locked = new ArrayList<>();
            for (CodeCandidate.Hashed code : hashed.get()) {
                Optional<CodeCandidate.Locked> row = code.lock(session, user);
                if (row.isEmpty()) {
                    return Optional.empty();
                }
                locked.add(row.get());
            }
            UnsettledAttempt.of(session, user).start();
            // redeem
            CodeUse use = new CodeUse(Instant.now(), address);
            // if a row cannot be written what was decided is unknown, and all are counted
            List<CodeCandidate.Hashed> counted = new ArrayList<>(hashed.get());
            AttemptRecount.prepare(session, user, (own, same) -> recount(counted, own, same, use, limit), reporting);
            List<VerificationResult> results =
                    locked.stream().map(row -> row.redeem(use, limit)).toList();
            counted.clear();
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i) instanceof Refused refused && refused.isEvaluated()) {
                    counted.add(hashed.get().get(i));
                }
            }
            return merge(results);
        } catch (CredentialLockedException e) {
            return Optional.of(Refused.because(Reason.BUSY));
        } catch (HashKeyMissingException onRecord) {
            return Optional.of(Refused.because(Reason.KEY_MISSING));
        }
    }

    /**
     * Computes the hashes, within the bounds of the server if they are slow.
     *
     * @return empty if the server is too busy
     */
    private Optional<List<CodeCandidate.Hashed>> hash(List<CodeCandidate> matching) {
        return matching.stream().anyMatch(CodeCandidate::needsSlowHash)
                ? hashingLimiter
                        .ofAttempts()
                        .run(FairSemaphore.Claimant.of(session, user), () -> selectCandidates(matching, keys))
                : Optional.of(selectCandidates(matching, keys));
    }

    /**
     * Selects the candidate that has the code; if there is none, all that take the attempt and could check it. A set whose key is
     * missing may have the code, but must not keep the others from counting the attempt; otherwise guesses would be free.
     *
     * @throws HashKeyMissingException if no candidate could check the code
     */
    static List<CodeCandidate.Hashed> selectCandidates(List<CodeCandidate> matching, HashKeySource keys) {
        List<CodeCandidate.Hashed> counting = new ArrayList<>();
        Optional<HashKeyMissingException> missing = Optional.empty();
        for (CodeCandidate candidate : matching) {
            if (candidate.isLockedOut()) {
                continue;
            }
            try {
                CodeCandidate.Hashed hashed = candidate.hash(keys);
                if (hashed.isKnown()) {
                    return List.of(hashed);
                }
                if (candidate.refusal().isEmpty()) {
                    counting.add(hashed);
                }
            } catch (HashKeyMissingException e) {
                missing = Optional.of(e);
            }
        }
        if (counting.isEmpty() && missing.isPresent()) {
            throw missing.get();
        }
        return counting;
    }

    /** After a rollback: a set that was replaced since has nothing to count, and a valid code is not used up. */
    private static Optional<VerificationResult> recount(
            List<CodeCandidate.Hashed> hashed,
            KeycloakSession session,
            UserModel user,
            CodeUse use,
            AttemptLimit limit) {
        List<CodeCandidate.Locked> locked = hashed.stream()
                .flatMap(code -> code.lock(session, user).stream())
                .toList();
        return merge(
                locked.stream().flatMap(row -> row.recount(use, limit).stream()).toList());
    }

    /** One code is one attempt. The user's own set decides on the result, except that the worst consequence for any set counts. */
    static Optional<VerificationResult> merge(List<VerificationResult> results) {
        return last(results).map(result -> result.is(Reason.WRONG) ? worstOfWrong(results) : result);
    }

    private static VerificationResult worstOfWrong(List<VerificationResult> results) {
        return results.stream()
                .filter(result -> result.is(Reason.WRONG))
                .max(Comparator.comparing(VerificationResult::consequence))
                .orElseThrow();
    }

    private static <T> Optional<T> last(List<T> list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(list.size() - 1));
    }
}
