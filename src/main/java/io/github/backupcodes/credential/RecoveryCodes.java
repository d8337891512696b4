package io.github.backupcodes.credential;

import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.GuessLimit;
import io.github.backupcodes.code.RecoveryCodeFormat;
import io.github.backupcodes.code.TypedCode;
import io.github.backupcodes.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;

/**
 * The recovery codes that a user has made with Keycloak's own action, where the realm accepts them beside backup codes: any
 * of those left, once, decided on the locked row as everywhere.
 *
 * <p>Rows are locked in one order: that of the set of backup codes, or of the user for what there is not yet, that of the
 * recovery codes, that of the traces of them.
 */
final class RecoveryCodes {

    private final KeycloakSession session;
    private final UserModel user;
    private final RecoveryTracesRow traces;

    RecoveryCodes(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
        this.traces = new RecoveryTracesRow(session, user);
    }

    /** Whether there is one that is accepted. Answered from the user cache. */
    boolean exist() {
        return accepted().filter(codes -> codes.remaining() > 0).isPresent();
    }

    /**
     * Whether there are some, or the last one was used here: Keycloak keeps nothing of them then. Answered from the user
     * cache.
     */
    boolean wereMade() {
        return (!stored().isEmpty() || traces.areOfUsedUpCodes()) && isAccepting();
    }

    /**
     * Tries a code as one of these and as a backup code. What the cache knows as a recovery code costs no slow hash; what else
     * looks like one is tried as a backup code first.
     *
     * @param typed        what was typed, as it came
     * @param limit        how many wrong codes bring a pause
     * @param asBackupCode tries it as a backup code
     */
    Attempt redeem(String typed, GuessLimit limit, Supplier<Attempt> asBackupCode) {
        Optional<StoredRecoveryCodes> cached = accepted();
        if (cached.filter(codes -> codes.remaining() > 0).isEmpty()) {
            Attempt attempt = asBackupCode.get();
            return attempt instanceof Attempt.NoSet && wereMade() ? withoutOne(cached.isPresent()) : attempt;
        }
        TypedCode read = RecoveryCodeFormat.read(typed);
        if (!(read instanceof TypedCode.WellFormed wellFormed)) {
            Attempt attempt = asBackupCode.get();
            return attempt instanceof Attempt.NoSet ? new Attempt.Mistyped((TypedCode.Mistyped) read) : attempt;
        }
        BackupCode code = wellFormed.code();
        // a pause must not tell which code is good
        if (cached.get().has(code) && refusal(traces.shown(cached.get().id())).isEmpty()) {
            return redeem(code, cached.get(), limit).orElseGet(asBackupCode);
        }
        Attempt attempt = asBackupCode.get();
        // a server that is busy has counted nothing, and shall not
        if (isDecided(attempt) || attempt instanceof Attempt.Busy) {
            return attempt;
        }
        return redeem(code, cached.get(), limit).orElse(attempt);
    }

    /** Of codes that were made, but of which none can be accepted. */
    private Attempt withoutOne(boolean readable) {
        return readable || stored().isEmpty()
                ? new Attempt.NoneLeft(Attempt.Consequence.NONE)
                : new Attempt.Unreadable();
    }

    /**
     * Takes all of them from the user, if the realm accepts them, and what is remembered of them.
     *
     * @return the credentials that were removed
     * @throws RowBusyException when somebody else holds a row for too long
     */
    List<CredentialModel> removeAll() {
        List<CredentialModel> stored = stored();
        if ((stored.isEmpty() && !traces.exists()) || !isAccepting()) {
            return List.of();
        }
        bypassCache();
        CredentialRow row = new CredentialRow(session);
        List<CredentialModel> removed = stored.stream()
                .filter(credential -> row.lock(user, credential.getId()).isPresent())
                .toList();
        traces.remove();
        removed.forEach(credential -> row.remove(user, credential.getId()));
        return removed;
    }

    /** Empty when they are gone. */
    private Optional<Attempt> redeem(BackupCode code, StoredRecoveryCodes cached, GuessLimit limit) {
        try {
            Optional<StoredRecoveryCodes> locked = lock(cached.id());
            AttemptRecount.prepare(
                    session, user, (own, same) -> new RecoveryCodes(own, same).countAgain(code, cached, limit));
            return locked.map(codes -> decide(code, cached, codes, limit));
        } catch (RowBusyException e) {
            return Optional.of(new Attempt.Busy());
        }
    }

    /** After a rollback: a right code is not used up. */
    private Optional<Attempt> countAgain(BackupCode code, StoredRecoveryCodes cached, GuessLimit limit) {
        return lock(cached.id())
                .filter(codes -> !codes.has(code) || traces.locked(codes.id()).haveUsed(code))
                .map(codes -> decide(code, cached, codes, limit));
    }

    private Optional<StoredRecoveryCodes> lock(String id) {
        CredentialRow row = new CredentialRow(session);
        if (!traces.exists()) {
            // to make them takes the lock of the user, on which those wait who save a first set
            row.lockOwner(user);
        }
        return row.lock(user, id).flatMap(StoredRecoveryCodes::of);
    }

    /** The row is locked now: what it says is so. */
    private Attempt decide(BackupCode code, StoredRecoveryCodes cached, StoredRecoveryCodes locked, GuessLimit limit) {
        bypassCache();
        RecoveryTraces known = traces.locked(locked.id());
        Optional<Attempt> refusal = refusal(known);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        // first, for Keycloak's form may write back a list from before the use
        if (known.haveUsed(code)) {
            return replay(locked, known, limit);
        }
        if (locked.has(code)) {
            traces.put(locked.id(), known.using(locked.hash(code), locked.remaining() == 1));
            return use(code, locked);
        }
        // by Keycloak's form a moment ago, if the cache still has it
        if (cached.has(code)) {
            return replay(locked, known, limit);
        }
        Instant now = Instant.now();
        RecoveryTraces after = known.with(known.guesses().andOneMore(limit.forWeakCodes(), now));
        traces.put(locked.id(), after);
        return new Attempt.Wrong(Trial.consequence(after.guesses(), now));
    }

    private Attempt replay(StoredRecoveryCodes locked, RecoveryTraces known, GuessLimit limit) {
        RecoveryTraces after = known.with(known.guesses().andOneReplay(limit.forWeakCodes(), Instant.now()));
        traces.put(locked.id(), after);
        return new Attempt.AlreadyUsed(false, Trial.consequence(after.guesses(), Instant.now()));
    }

    /** Keycloak's form removes the credential with the last code. */
    private Attempt use(BackupCode code, StoredRecoveryCodes locked) {
        CredentialModel after = locked.without(code);
        if (locked.remaining() == 0) {
            new CredentialRow(session).remove(user, locked.id());
        } else {
            new CredentialRow(session).updateShared(user, after);
        }
        return new Attempt.Accepted(locked.remaining(), RecoveryAuthnCodesCredentialModel.TYPE);
    }

    /** Whether the set of backup codes has used or counted it. */
    private static boolean isDecided(Attempt attempt) {
        return attempt instanceof Attempt.Accepted
                || attempt instanceof Attempt.AlreadyUsed
                || attempt instanceof Attempt.Replaced
                || attempt instanceof Attempt.Wrong
                || attempt instanceof Attempt.NoneLeft;
    }

    private static Optional<Attempt> refusal(RecoveryTraces traces) {
        if (traces.guesses().areTooMany()) {
            return Optional.of(new Attempt.Disabled());
        }
        return traces.guesses().pause(Instant.now()).map(Attempt.Paused::new);
    }

    /** From here on this session reads the user from the database, and other caches are told to. */
    private void bypassCache() {
        if (user instanceof CachedUserModel cached) {
            cached.invalidate();
        }
    }

    /** As Keycloak's form, the first credential; the policy is looked up only for who has one. */
    private Optional<StoredRecoveryCodes> accepted() {
        return stored().stream().findFirst().filter(codes -> isAccepting()).flatMap(StoredRecoveryCodes::of);
    }

    private boolean isAccepting() {
        return Policy.of(session.getContext().getRealm()).acceptsRecoveryCodes();
    }

    private List<CredentialModel> stored() {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(RecoveryAuthnCodesCredentialModel.TYPE)
                .toList();
    }
}
