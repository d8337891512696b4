package io.github.backupcodes.credential.verify;

import io.github.backupcodes.code.AttemptLimit;
import io.github.backupcodes.code.CodeUse;
import io.github.backupcodes.code.HashKeyMissingException;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.credential.AttemptRecount;
import io.github.backupcodes.credential.store.CodeSetStore;
import io.github.backupcodes.credential.store.CredentialLockedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * A typed code tried against all that a user has: the code that an administrator issued, and the user's own set.
 *
 * <p>It costs a slow hash for each set whose form it has, until one of them has it. What none has is a wrong code for each
 * of them: every set counts what it was tried with, so that its limit holds whatever else there is. A set that takes no
 * attempts (paused, expired, disabled) stands in nobody's way, and counts nothing.
 */
public final class CodeVerifier {

    private final KeycloakSession session;
    private final UserModel user;
    private final HashingLimiter hashingLimiter;
    private final FairSemaphore.Claimant claimant;
    private final HashKeySource keys;
    private final List<CodeSetVerification> trials;

    /** Against the newest of each, from the user cache, in this order, which is that of the locks as well. */
    public CodeVerifier(
            KeycloakSession session,
            UserModel user,
            String typed,
            HashingLimiter hashingLimiter,
            FairSemaphore.Claimant claimant,
            HashKeySource keys,
            CodeSetStore... sets) {
        this.session = session;
        this.user = user;
        this.hashingLimiter = hashingLimiter;
        this.claimant = claimant;
        this.keys = keys;
        this.trials = Stream.of(sets).flatMap(each -> of(typed, each)).toList();
    }

    private static Stream<CodeSetVerification> of(String typed, CodeSetStore sets) {
        Optional<CredentialModel> newest = sets.newest();
        return newest.map(cached -> CodeSetVerification.of(sets, cached, typed)).stream();
    }

    /** What becomes of it; empty when the user cache has no set, or another than the rows. */
    public Optional<VerificationResult> run(String address, AttemptLimit limit) {
        List<CodeSetVerification> fitting =
                trials.stream().filter(CodeSetVerification::fits).toList();
        if (fitting.stream().allMatch(trial -> trial.obstacle().isPresent())) {
            // no hash for an attempt that is not taken
            return last(fitting.isEmpty() ? trials : fitting).flatMap(CodeSetVerification::obstacle);
        }
        try {
            Optional<List<CodeSetVerification>> concerned =
                    hashingLimiter.ofAttempts().run(claimant, () -> concerned(fitting));
            if (concerned.isEmpty()) {
                return Optional.of(new VerificationResult.Busy());
            }
            // all locks before the first count: it must not count again when another row is not what the cache had
            if (!concerned.get().stream().allMatch(CodeSetVerification::lock)) {
                return Optional.empty();
            }
            CodeUse use = new CodeUse(Instant.now(), address);
            AttemptRecount.prepare(session, user, (own, same) -> decideAgain(concerned.get(), own, same, use, limit));
            return decide(concerned.get(), use, limit);
        } catch (CredentialLockedException e) {
            return Optional.of(new VerificationResult.Busy());
        } catch (HashKeyMissingException onRecord) {
            return Optional.of(new VerificationResult.KeyMissing());
        }
    }

    /**
     * The one that has the code; else all that take the attempt and could check it. A set whose key is missing may have the
     * code, but must not keep the others from counting: guesses at them would be free.
     *
     * @throws HashKeyMissingException when none could check it
     */
    private List<CodeSetVerification> concerned(List<CodeSetVerification> fitting) {
        List<CodeSetVerification> counting = new ArrayList<>();
        Optional<HashKeyMissingException> missing = Optional.empty();
        for (CodeSetVerification trial : fitting) {
            try {
                if (!trial.isHeld() && trial.hash(keys)) {
                    return List.of(trial);
                }
                if (trial.obstacle().isEmpty()) {
                    counting.add(trial);
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

    /** After a rollback: a set that was replaced since has nothing to count, and a right code is not used up. */
    private static Optional<VerificationResult> decideAgain(
            List<CodeSetVerification> tried, KeycloakSession session, UserModel user, CodeUse use, AttemptLimit limit) {
        List<CodeSetVerification> refused = tried.stream()
                .map(trial -> trial.with(new CodeSetStore(session, user, trial.type())))
                .filter(CodeSetVerification::lock)
                .filter(trial -> !trial.isRight(use, limit))
                .toList();
        return decide(refused, use, limit);
    }

    private static Optional<VerificationResult> decide(
            List<CodeSetVerification> concerned, CodeUse use, AttemptLimit limit) {
        List<VerificationResult> attempts =
                concerned.stream().map(trial -> trial.decide(use, limit)).toList();
        return last(attempts).map(attempt -> attempt instanceof VerificationResult.Wrong ? worst(attempts) : attempt);
    }

    /** One code is one attempt, with what is worst for any of the sets. */
    private static VerificationResult worst(List<VerificationResult> attempts) {
        return attempts.stream()
                .filter(VerificationResult.Wrong.class::isInstance)
                .map(VerificationResult.Wrong.class::cast)
                .max(Comparator.comparing(VerificationResult.Wrong::consequence))
                .orElseThrow();
    }

    /** The user's own set has the last word. */
    private static <T> Optional<T> last(List<T> list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(list.size() - 1));
    }
}
