package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.Challenge;
import io.github.backupcodes.challenge.ChallengeScope;
import io.github.backupcodes.challenge.VerificationCode;
import io.github.backupcodes.challenge.store.ChallengeResult.Outcome;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.credential.store.UnsettledAttempt;
import io.github.backupcodes.support.AfterRollback;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Verifies an entered code against the challenge of a sign-in, and uses it up.
 *
 * <p>A try of the challenge is taken first, then the row of the credential is locked and read again. The row counts and says who won:
 * it keeps the wrong codes, and the challenges whose codes were accepted, so that one code is accepted once on all servers, in a
 * split cluster too. If the request is rolled back, for whatever reason, the try stays charged.
 */
public final class ChallengeVerifier {

    private static final Logger LOG = Logger.getLogger(ChallengeVerifier.class);

    private final KeycloakSession session;
    private final UserModel user;
    private final VerificationCodeStore credentials;
    private final SingleUseStore objects;
    private final ChallengeStore challenges;

    /** Takes the user and the type of the credential. */
    public ChallengeVerifier(KeycloakSession session, UserModel user, String type) {
        this.session = session;
        this.user = user;
        this.credentials = new VerificationCodeStore(session, user, type);
        this.objects = new SingleUseStore(session);
        this.challenges = new ChallengeStore(objects);
    }

    /**
     * Verifies a code.
     *
     * @param entered the text as it was entered
     * @param scope   makes the scope of the challenge from the locked credential, whose destination may have changed
     * @param length  the number of digits of the code
     */
    public ChallengeResult verify(
            String entered, Function<VerificationCodeCredentialModel, ChallengeScope> scope, int length) {
        Instant now = Instant.now();
        Optional<VerificationCodeCredentialModel> cached = credentials.cached();
        Optional<VerificationCodeState> state = cached.flatMap(VerificationCodeCredentialModel::state);
        if (cached.isEmpty() || state.isEmpty()) {
            return ChallengeResult.of(Outcome.UNREADABLE);
        }
        if (state.get().failures().refusesCodes(now)) {
            return refused(state.get(), now);
        }
        Optional<VerificationCode> code = VerificationCode.parse(entered, length);
        if (code.isEmpty()) {
            return ChallengeResult.of(Outcome.MALFORMED);
        }
        try {
            Optional<Challenge> challenge =
                    challenges.find(scope.apply(cached.get())).filter(found -> !found.isExpired(now));
            if (challenge.isEmpty()) {
                return ChallengeResult.of(Outcome.EXPIRED);
            }
            if (challenges.takeTry(challenge.get()).isEmpty()) {
                return ChallengeResult.of(Outcome.TOO_MANY_TRIES);
            }
            UnsettledAttempt attempt = UnsettledAttempt.of(session, user);
            if (objects.isUndoneByRollback()) {
                // any: another request may have taken the one that the rollback gives back
                AfterRollback.run(session, user, (own, same) -> new ChallengeStore(new SingleUseStore(own))
                        .takeTry(challenge.get()));
            }
            return decide(cached.get(), challenge.get(), scope, code.get(), attempt, now);
        } catch (StoreUnavailableException | CredentialLockedException e) {
            return ChallengeResult.of(Outcome.BUSY);
        }
    }

    private ChallengeResult decide(
            VerificationCodeCredentialModel cached,
            Challenge challenge,
            Function<VerificationCodeCredentialModel, ChallengeScope> scope,
            VerificationCode entered,
            UnsettledAttempt attempt,
            Instant now) {
        Optional<VerificationCodeCredentialModel> locked = credentials.lock(cached);
        Optional<VerificationCodeState> read = locked.flatMap(VerificationCodeCredentialModel::state);
        if (locked.isEmpty() || read.isEmpty()) {
            return ChallengeResult.of(locked.isEmpty() ? Outcome.EXPIRED : Outcome.UNREADABLE);
        }
        VerificationCodeState before = read.get();
        if (before.failures().refusesCodes(now)) {
            return refused(before, now);
        }
        ChallengeScope current = scope.apply(locked.get());
        Optional<VerificationCode> right = ChallengeKey.find(
                        session, session.getContext().getRealm(), challenge.keyId())
                .map(key ->
                        key.code(current, challenge.nonce(), entered.digits().length()));
        if (right.isEmpty()) {
            return ChallengeResult.of(Outcome.EXPIRED);
        }
        attempt.start();
        // whatever was decided: who makes the request fail must not get a try for nothing
        String type = cached.getType();
        AfterRollback.run(session, user, (own, same) -> charge(new VerificationCodeStore(own, same, type)));
        if (!right.get().matches(entered)) {
            return failed(locked.get(), before, Outcome.WRONG, now);
        }
        if (before.accepted().contains(challenge)) {
            return failed(locked.get(), before, Outcome.ALREADY_USED, now);
        }
        credentials.update(locked.get(), before.accepted(challenge, now));
        try {
            challenges.remove(current);
        } catch (StoreUnavailableException e) {
            // the row keeps the challenge as accepted
            LOG.debug("The accepted challenge is still stored", e);
        }
        return ChallengeResult.of(Outcome.ACCEPTED);
    }

    private ChallengeResult failed(
            VerificationCodeCredentialModel locked, VerificationCodeState before, Outcome outcome, Instant now) {
        VerificationCodeState after = before.failed(now);
        credentials.update(locked, after);
        return new ChallengeResult(
                outcome,
                after.failures().pause(now).orElse(null),
                after.failures().isMaximumReached());
    }

    private static void charge(VerificationCodeStore own) {
        own.cached().flatMap(own::lock).ifPresent(row -> row.state()
                .ifPresent(state -> own.update(row, state.failed(Instant.now()))));
    }

    private static ChallengeResult refused(VerificationCodeState state, Instant now) {
        return state.failures().isMaximumReached()
                ? new ChallengeResult(Outcome.DISABLED, null, false)
                : new ChallengeResult(
                        Outcome.PAUSED, state.failures().pause(now).orElse(null), false);
    }
}
