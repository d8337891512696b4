package io.github.backupcodes.credential.verify;

import io.github.backupcodes.code.AttemptLimit;
import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.KeycloakRecoveryCodeFormat;
import io.github.backupcodes.code.ParsedCode;
import io.github.backupcodes.credential.AttemptRecount;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.credential.store.CredentialRowStore;
import io.github.backupcodes.policy.BackupCodesPolicy;
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
public final class KeycloakRecoveryCodes {

    private final KeycloakSession session;
    private final UserModel user;
    private final RecoveryCodeUsageStore traces;

    public KeycloakRecoveryCodes(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
        this.traces = new RecoveryCodeUsageStore(session, user);
    }

    /** Whether there is one that is accepted. Answered from the user cache. */
    public boolean exist() {
        return accepted().filter(codes -> codes.remaining() > 0).isPresent();
    }

    /**
     * Whether there are some, or the last one was used here: Keycloak keeps nothing of them then. Answered from the user
     * cache.
     */
    public boolean haveBeenGenerated() {
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
    public VerificationResult redeem(String typed, AttemptLimit limit, Supplier<VerificationResult> asBackupCode) {
        Optional<RecoveryCodesCredential> cached = accepted();
        if (cached.filter(codes -> codes.remaining() > 0).isEmpty()) {
            VerificationResult result = asBackupCode.get();
            return result instanceof VerificationResult.NoSet && haveBeenGenerated()
                    ? withoutOne(cached.isPresent())
                    : result;
        }
        ParsedCode read = KeycloakRecoveryCodeFormat.read(typed);
        if (!(read instanceof ParsedCode.WellFormed wellFormed)) {
            VerificationResult result = asBackupCode.get();
            return result instanceof VerificationResult.NoSet
                    ? new VerificationResult.Mistyped((ParsedCode.Mistyped) read)
                    : result;
        }
        BackupCode code = wellFormed.code();
        // a pause must not tell which code is good
        if (cached.get().has(code) && refusal(traces.shown(cached.get().id())).isEmpty()) {
            return redeem(code, cached.get(), limit).orElseGet(asBackupCode);
        }
        VerificationResult result = asBackupCode.get();
        // a server that is busy has counted nothing, and shall not
        if (isDecided(result) || result instanceof VerificationResult.Busy) {
            return result;
        }
        return redeem(code, cached.get(), limit).orElse(result);
    }

    /** Of codes that were made, but of which none can be accepted. */
    private VerificationResult withoutOne(boolean readable) {
        return readable || stored().isEmpty()
                ? new VerificationResult.NoneLeft(VerificationResult.Consequence.NONE)
                : new VerificationResult.Unreadable();
    }

    /**
     * Takes all of them from the user, if the realm accepts them, and what is remembered of them.
     *
     * @return the credentials that were removed
     * @throws CredentialLockedException when somebody else holds a row for too long
     */
    public List<CredentialModel> removeAll() {
        List<CredentialModel> stored = stored();
        if ((stored.isEmpty() && !traces.exists()) || !isAccepting()) {
            return List.of();
        }
        bypassCache();
        CredentialRowStore row = new CredentialRowStore(session);
        List<CredentialModel> removed = stored.stream()
                .filter(credential -> row.lock(user, credential.getId()).isPresent())
                .toList();
        traces.remove();
        removed.forEach(credential -> row.remove(user, credential.getId()));
        return removed;
    }

    /** Empty when they are gone. */
    private Optional<VerificationResult> redeem(BackupCode code, RecoveryCodesCredential cached, AttemptLimit limit) {
        try {
            Optional<RecoveryCodesCredential> locked = lock(cached.id());
            AttemptRecount.prepare(
                    session, user, (own, same) -> new KeycloakRecoveryCodes(own, same).countAgain(code, cached, limit));
            return locked.map(codes -> decide(code, cached, codes, limit));
        } catch (CredentialLockedException e) {
            return Optional.of(new VerificationResult.Busy());
        }
    }

    /** After a rollback: a right code is not used up. */
    private Optional<VerificationResult> countAgain(
            BackupCode code, RecoveryCodesCredential cached, AttemptLimit limit) {
        return lock(cached.id())
                .filter(codes -> !codes.has(code) || traces.locked(codes.id()).haveUsed(code))
                .map(codes -> decide(code, cached, codes, limit));
    }

    private Optional<RecoveryCodesCredential> lock(String id) {
        CredentialRowStore row = new CredentialRowStore(session);
        if (!traces.exists()) {
            // to make them takes the lock of the user, on which those wait who save a first set
            row.lockOwner(user);
        }
        return row.lock(user, id).flatMap(RecoveryCodesCredential::of);
    }

    /** The row is locked now: what it says is so. */
    private VerificationResult decide(
            BackupCode code, RecoveryCodesCredential cached, RecoveryCodesCredential locked, AttemptLimit limit) {
        bypassCache();
        RecoveryCodeUsage known = traces.locked(locked.id());
        Optional<VerificationResult> refusal = refusal(known);
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
        RecoveryCodeUsage after = known.with(known.failedAttempts().plusFailure(limit.forWeakCodes(), now));
        traces.put(locked.id(), after);
        return new VerificationResult.Wrong(CodeSetVerification.consequence(after.failedAttempts(), now));
    }

    private VerificationResult replay(RecoveryCodesCredential locked, RecoveryCodeUsage known, AttemptLimit limit) {
        RecoveryCodeUsage after = known.with(known.failedAttempts().plusReplay(limit.forWeakCodes(), Instant.now()));
        traces.put(locked.id(), after);
        return new VerificationResult.AlreadyUsed(
                false, CodeSetVerification.consequence(after.failedAttempts(), Instant.now()));
    }

    /** Keycloak's form removes the credential with the last code. */
    private VerificationResult use(BackupCode code, RecoveryCodesCredential locked) {
        CredentialModel after = locked.without(code);
        if (locked.remaining() == 0) {
            new CredentialRowStore(session).remove(user, locked.id());
        } else {
            new CredentialRowStore(session).updateShared(user, after);
        }
        return new VerificationResult.Accepted(locked.remaining(), RecoveryAuthnCodesCredentialModel.TYPE);
    }

    /** Whether the set of backup codes has used or counted it. */
    private static boolean isDecided(VerificationResult result) {
        return result instanceof VerificationResult.Accepted
                || result instanceof VerificationResult.AlreadyUsed
                || result instanceof VerificationResult.Replaced
                || result instanceof VerificationResult.Wrong
                || result instanceof VerificationResult.NoneLeft;
    }

    private static Optional<VerificationResult> refusal(RecoveryCodeUsage traces) {
        if (traces.failedAttempts().isMaximumReached()) {
            return Optional.of(new VerificationResult.Disabled());
        }
        return traces.failedAttempts().pause(Instant.now()).map(VerificationResult.Paused::new);
    }

    /** From here on this session reads the user from the database, and other caches are told to. */
    private void bypassCache() {
        if (user instanceof CachedUserModel cached) {
            cached.invalidate();
        }
    }

    /** As Keycloak's form, the first credential; the policy is looked up only for who has one. */
    private Optional<RecoveryCodesCredential> accepted() {
        return stored().stream().findFirst().filter(codes -> isAccepting()).flatMap(RecoveryCodesCredential::of);
    }

    private boolean isAccepting() {
        return BackupCodesPolicy.of(session.getContext().getRealm()).acceptsRecoveryCodes();
    }

    private List<CredentialModel> stored() {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(RecoveryAuthnCodesCredentialModel.TYPE)
                .toList();
    }
}
