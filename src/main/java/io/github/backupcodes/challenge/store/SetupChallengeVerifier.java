package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.Challenge;
import io.github.backupcodes.challenge.ChallengeScope;
import io.github.backupcodes.challenge.SingleUseKey;
import io.github.backupcodes.challenge.VerificationCode;
import io.github.backupcodes.challenge.store.ChallengeResult.Outcome;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.credential.store.UnsettledAttempt;
import io.github.backupcodes.support.AfterRollback;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Verifies an entered code when a factor is set up, and there is no credential yet whose row could count. Each challenge has its tries,
 * and each user ten a day; both are taken before the code is compared, and stay taken whatever happens to the request.
 */
public final class SetupChallengeVerifier {

    private static final int TRIES_OF_DAY = 10;
    private static final long DAY_SECONDS = 86_400;

    private final KeycloakSession session;
    private final UserModel user;
    private final SingleUseStore objects;
    private final ChallengeStore challenges;

    /** Takes the user. */
    public SetupChallengeVerifier(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
        this.objects = new SingleUseStore(session);
        this.challenges = new ChallengeStore(objects);
    }

    /**
     * Verifies a code, and uses it up if it is right.
     *
     * @param entered the text as it was entered
     * @param scope   of the challenge
     * @param length  the number of digits of the code
     */
    public ChallengeResult verify(String entered, ChallengeScope scope, int length) {
        Optional<VerificationCode> code = VerificationCode.parse(entered, length);
        if (code.isEmpty()) {
            return ChallengeResult.of(Outcome.MALFORMED);
        }
        Instant now = Instant.now();
        try {
            Optional<Challenge> challenge = challenges.find(scope).filter(found -> !found.isExpired(now));
            Optional<VerificationCode> right = challenge.flatMap(
                    found -> ChallengeKey.find(session, session.getContext().getRealm(), found.keyId())
                            .map(key -> key.code(scope, found.nonce(), length)));
            return right.isEmpty()
                    ? ChallengeResult.of(Outcome.EXPIRED)
                    : verify(code.get(), right.get(), challenge.get(), scope, now);
        } catch (StoreUnavailableException | CredentialLockedException e) {
            return ChallengeResult.of(Outcome.BUSY);
        }
    }

    private ChallengeResult verify(
            VerificationCode code, VerificationCode right, Challenge challenge, ChallengeScope scope, Instant now) {
        if (challenges.takeTry(challenge).isEmpty()) {
            return ChallengeResult.of(Outcome.TOO_MANY_TRIES);
        }
        List<SingleUseKey> day = triesOfDay(scope.realmId(), now);
        OptionalInt ofDay = objects.reserveFirst(day, DAY_SECONDS);
        if (ofDay.isEmpty()) {
            return ChallengeResult.of(Outcome.TOMORROW);
        }
        SingleUseKey taken = day.get(ofDay.getAsInt());
        UnsettledAttempt attempt = UnsettledAttempt.of(session, user);
        if (objects.isUndoneByRollback()) {
            // any: another request may have taken those that the rollback gives back
            AfterRollback.run(session, user, (own, same) -> {
                SingleUseStore store = new SingleUseStore(own);
                new ChallengeStore(store).takeTry(challenge);
                store.reserveFirst(day, DAY_SECONDS);
            });
        }
        attempt.start();
        if (!code.matches(right)) {
            return ChallengeResult.of(Outcome.WRONG);
        }
        if (!challenges.remove(scope)) {
            return ChallengeResult.of(Outcome.ALREADY_USED);
        }
        objects.remove(taken);
        // as at a sign-in: once a code was entered, the next one is sent at once
        challenges.releaseGap(scope, "");
        return ChallengeResult.of(Outcome.ACCEPTED);
    }

    private List<SingleUseKey> triesOfDay(String realmId, Instant now) {
        String day = String.valueOf(now.getEpochSecond() / DAY_SECONDS);
        return IntStream.range(0, TRIES_OF_DAY)
                .mapToObj(number -> SingleUseKey.of("sd", realmId, user.getId(), day, String.valueOf(number)))
                .toList();
    }
}
