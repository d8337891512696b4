package io.github.backupcodes.credential;

import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeHash;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.CodeUse;
import io.github.backupcodes.code.GuessLimit;
import io.github.backupcodes.code.Redemption;
import io.github.backupcodes.code.TypedCode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;

/**
 * The backup codes of one user: the only place that writes them.
 *
 * <p>Single use is decided by the row. The slow hash is computed first, without a lock; then the row is locked and read
 * afresh, and the code is looked up, marked used and written in the transaction of the request. Whoever comes second
 * waits for the lock and finds the code used. Wrong codes are counted in the same place.
 */
public final class BackupCodes {

    private static final Logger LOG = Logger.getLogger(BackupCodes.class);

    private final KeycloakSession session;
    private final UserModel user;
    private final SlowHashes slowHashes;
    private final RecoveryCodes recoveryCodes;

    BackupCodes(KeycloakSession session, UserModel user, SlowHashes slowHashes) {
        this.session = session;
        this.user = user;
        this.slowHashes = slowHashes;
        this.recoveryCodes = new RecoveryCodes(session, user);
    }

    /** Whether the user has a set, used up or not. Answered from the user cache. */
    public boolean exist() {
        return stored().isPresent();
    }

    /** Whether Keycloak's own recovery codes are taken as well: the realm accepts them and one is left. */
    public boolean includeRecoveryCodes() {
        return recoveryCodes.exist();
    }

    /** The set, from the user cache: to show, never to decide on. */
    public Optional<CodeSet> show() {
        return stored().flatMap(BackupCodes::readable);
    }

    /** Hashes a new set; nothing when the server is too busy for that. */
    public Optional<CodeSet> make(Supplier<CodeSet> set) {
        return slowHashes.ofSets().run(set);
    }

    /** Hashes a code for a set that is not saved; nothing when the server is too busy for that. */
    public Optional<CodeHash> hash(BackupCode code, CodeSet set) {
        return slowHashes.ofAttempts().run(() -> set.hash(code));
    }

    /**
     * Saves a set, in place of an older one if there is one.
     *
     * @param set   the new set
     * @param label how Keycloak's pages call it, in the language of the user; null for the name of its type
     * @return the credential
     */
    public CredentialModel save(CodeSet set, @Nullable String label) {
        CredentialRow row = new CredentialRow(session);
        Optional<BackupCodesCredentialModel> older = lockStored(row);
        if (older.isEmpty()) {
            // none, or not the one that the cache still had: first sets are made one after the other
            row.lockOwner(user);
            bypassCache();
            older = lockStored(row);
        }
        // Keycloak compares the labels of users without import over all types, and at every change: theirs has none
        String safeLabel = CredentialRow.isLocal(user) ? label : null;
        if (older.isEmpty()) {
            return user.credentialManager().createStoredCredential(BackupCodesCredentialModel.of(set, safeLabel));
        }
        BackupCodesCredentialModel credential = older.get();
        removeAllBut(credential);
        CodeSet saved = readable(credential).map(set::replacing).orElse(set);
        credential.setUserLabel(safeLabel);
        user.credentialManager().updateStoredCredential(credential.with(saved));
        return credential;
    }

    /**
     * Takes all codes from the user. Each row is locked first, so that a sign-in at the same moment either comes before or
     * finds no codes.
     *
     * @return the ids of the credentials that were removed
     * @throws RowBusyException when somebody else holds a row for too long
     */
    public List<String> removeAll() {
        CredentialRow row = new CredentialRow(session);
        List<String> ids = ofType().map(CredentialModel::getId).toList();
        return ids.stream()
                .filter(id -> row.lock(user, id).isPresent())
                .filter(user.credentialManager()::removeStoredCredentialById)
                .toList();
    }

    /**
     * Takes Keycloak's own recovery codes from the user, where the realm accepts them: a new set takes the place of all.
     * Comes after what is done to the set, for rows are locked in this order.
     *
     * @return the ids of the credentials that were removed
     * @throws RowBusyException when somebody else holds a row for too long
     */
    public List<String> removeRecoveryCodes() {
        return recoveryCodes.removeAll();
    }

    /**
     * Tries a code: of the set, or one of Keycloak's own recovery codes where the realm accepts them.
     *
     * @param typed   what was typed, as it came
     * @param address the client's IP address, kept with the code when it is used
     * @param limit   how many wrong codes bring a pause
     */
    public Attempt redeem(String typed, String address, GuessLimit limit) {
        return recoveryCodes.redeem(typed, limit, () -> redeemOfSet(typed, address, limit));
    }

    private Attempt redeemOfSet(String typed, String address, GuessLimit limit) {
        Optional<Attempt> attempt = redeemCached(typed, address, limit);
        if (attempt.isEmpty()) {
            bypassCache();
            attempt = redeemCached(typed, address, limit);
        }
        return attempt.orElseGet(Attempt.NoSet::new);
    }

    /** Empty when the cached credential has no row any more, or another set in its row. */
    private Optional<Attempt> redeemCached(String typed, String address, GuessLimit limit) {
        Optional<CredentialModel> cached = stored();
        if (cached.isEmpty()) {
            return Optional.empty();
        }
        Optional<CodeSet> set = readable(cached.get());
        if (set.isEmpty()) {
            return Optional.of(new Attempt.Unreadable());
        }
        TypedCode read = set.get().format().read(typed);
        if (read instanceof TypedCode.Mistyped mistyped) {
            return Optional.of(new Attempt.Mistyped(mistyped));
        }
        // no hash for an attempt that is not taken; the row is asked again below
        Optional<Redemption> refusal = set.get().refusal(Instant.now());
        if (refusal.isPresent()) {
            return Optional.of(attempt(refusal.get(), set.get()));
        }
        BackupCode code = ((TypedCode.WellFormed) read).code();
        Optional<HashedAttempt> hashed = slowHashes.ofAttempts().run(() -> HashedAttempt.of(code, set.get()));
        if (hashed.isEmpty()) {
            return Optional.of(new Attempt.Busy());
        }
        try {
            return new CredentialRow(session)
                    .lock(user, cached.get().getId())
                    .map(BackupCodesCredentialModel::copyOf)
                    .flatMap(row -> decide(row, hashed.get(), new CodeUse(Instant.now(), address), limit));
        } catch (RowBusyException e) {
            return Optional.of(new Attempt.Busy());
        }
    }

    /** The row is locked now: what it says is so. Empty when the code was hashed for the set before. */
    private Optional<Attempt> decide(
            BackupCodesCredentialModel credential, HashedAttempt hashed, CodeUse use, GuessLimit limit) {
        Optional<CodeSet> readable = readable(credential);
        if (readable.isEmpty()) {
            return Optional.of(new Attempt.Unreadable());
        }
        CodeSet current = readable.get();
        if (!current.salt().equals(hashed.salt())) {
            return Optional.empty();
        }
        if (hashed.replaced() && current.refusal(use.at()).isEmpty()) {
            return Optional.of(new Attempt.Replaced());
        }
        Redemption redemption = current.redeem(hashed.hash(), use, limit);
        if (redemption instanceof Redemption.Accepted accepted) {
            user.credentialManager().updateStoredCredential(credential.with(accepted.set()));
        } else if (redemption instanceof Redemption.Unknown unknown) {
            user.credentialManager().updateStoredCredential(credential.with(unknown.set()));
        }
        return Optional.of(attempt(redemption, current));
    }

    private static Attempt attempt(Redemption redemption, CodeSet before) {
        if (redemption instanceof Redemption.Accepted accepted) {
            return new Attempt.Accepted(accepted.set().remaining());
        }
        if (redemption instanceof Redemption.AlreadyUsed) {
            return new Attempt.AlreadyUsed();
        }
        if (redemption instanceof Redemption.Paused paused) {
            return new Attempt.Paused(paused.until());
        }
        if (redemption instanceof Redemption.Expired) {
            return new Attempt.Expired();
        }
        if (redemption instanceof Redemption.Disabled) {
            return new Attempt.Disabled();
        }
        return before.remaining() == 0 ? new Attempt.NoneLeft() : new Attempt.Wrong();
    }

    /** From here on this session reads the user from the database. */
    private void bypassCache() {
        if (user instanceof CachedUserModel cached) {
            cached.invalidate();
        }
    }

    /** Should an import or an old race have left several: none may come back when the newest is gone. */
    private void removeAllBut(CredentialModel kept) {
        ofType().filter(credential -> !credential.getId().equals(kept.getId()))
                .map(CredentialModel::getId)
                .toList()
                .forEach(user.credentialManager()::removeStoredCredentialById);
    }

    private Optional<BackupCodesCredentialModel> lockStored(CredentialRow row) {
        return stored().flatMap(credential -> row.lock(user, credential.getId()))
                .map(BackupCodesCredentialModel::copyOf);
    }

    /** The newest. */
    private Optional<CredentialModel> stored() {
        return ofType().max(Comparator.comparing(
                CredentialModel::getCreatedDate, Comparator.nullsFirst(Comparator.naturalOrder())));
    }

    private Stream<CredentialModel> ofType() {
        return user.credentialManager().getStoredCredentialsByTypeStream(BackupCodesCredentialModel.TYPE);
    }

    private static Optional<CodeSet> readable(CredentialModel credential) {
        try {
            return Optional.of(BackupCodesCredentialModel.copyOf(credential).codeSet());
        } catch (UnreadableSetException e) {
            LOG.warnf("Credential %s: %s", credential.getId(), e.getMessage());
            return Optional.empty();
        }
    }
}
