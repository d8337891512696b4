package io.github.backupcodes.credential;

import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.CodeUse;
import io.github.backupcodes.code.Redemption;
import io.github.backupcodes.code.TypedCode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;

/**
 * The backup codes of one user: the only place that writes them.
 *
 * <p>Single use is decided by the row. The slow hash is computed first, without a lock; then the row is locked and read
 * afresh, and the code is looked up, marked used and written in the transaction of the request. Whoever comes second
 * waits for the lock and finds the code used.
 */
public final class BackupCodes {

    private static final Logger LOG = Logger.getLogger(BackupCodes.class);

    private final KeycloakSession session;
    private final UserModel user;

    /** Takes the user whose codes are meant. */
    public BackupCodes(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
    }

    /** Whether the user has a set, used up or not. Answered from the user cache. */
    public boolean exist() {
        return stored().isPresent();
    }

    /** The set, from the user cache: to show, never to decide on. */
    public Optional<CodeSet> show() {
        return stored().flatMap(BackupCodes::readable);
    }

    /** Saves a set, in place of an older one if there is one, and returns the credential. */
    public CredentialModel save(CodeSet set) {
        CredentialRow row = new CredentialRow(session);
        Optional<CredentialModel> older = stored();
        if (older.isEmpty()) {
            row.lockOwner(user);
            bypassCache();
            older = stored();
        }
        Optional<CredentialModel> locked = older.flatMap(credential -> row.lock(user, credential.getId()));
        if (locked.isPresent()) {
            BackupCodesCredentialModel credential = BackupCodesCredentialModel.copyOf(locked.get());
            user.credentialManager().updateStoredCredential(credential.with(set));
            return credential;
        }
        return user.credentialManager().createStoredCredential(BackupCodesCredentialModel.of(set));
    }

    /**
     * Tries a code.
     *
     * @param typed   what was typed, as it came
     * @param address the client's IP address, kept with the code when it is used
     */
    public Attempt redeem(String typed, String address) {
        Optional<Attempt> attempt = redeemCached(typed, address);
        if (attempt.isEmpty()) {
            bypassCache();
            attempt = redeemCached(typed, address);
        }
        return attempt.orElseGet(Attempt.NoSet::new);
    }

    /** Empty when the cached credential has no row any more. */
    private Optional<Attempt> redeemCached(String typed, String address) {
        Optional<CredentialModel> cached = stored();
        if (cached.isEmpty()) {
            return Optional.empty();
        }
        Optional<CodeSet> set = readable(cached.get());
        if (set.isEmpty()) {
            return Optional.of(new Attempt.NoSet());
        }
        TypedCode read = set.get().format().read(typed);
        if (read instanceof TypedCode.Mistyped mistyped) {
            return Optional.of(new Attempt.Mistyped(mistyped));
        }
        BackupCode code = ((TypedCode.WellFormed) read).code();
        var hash = set.get().hash(code);
        Optional<CredentialModel> locked =
                new CredentialRow(session).lock(user, cached.get().getId());
        if (locked.isEmpty()) {
            return Optional.empty();
        }
        BackupCodesCredentialModel credential = BackupCodesCredentialModel.copyOf(locked.get());
        CodeSet current = credential.codeSet();
        // a set saved since then has another salt
        boolean same = current.salt().equals(set.get().salt());
        Redemption redemption = current.redeem(same ? hash : current.hash(code), new CodeUse(Instant.now(), address));
        if (redemption instanceof Redemption.Accepted accepted) {
            user.credentialManager().updateStoredCredential(credential.with(accepted.set()));
            return Optional.of(new Attempt.Accepted(accepted.set().remaining()));
        }
        if (redemption instanceof Redemption.AlreadyUsed) {
            return Optional.of(new Attempt.AlreadyUsed());
        }
        return Optional.of(current.remaining() == 0 ? new Attempt.NoneLeft() : new Attempt.Wrong());
    }

    /** From here on this session reads the user from the database. */
    private void bypassCache() {
        if (user instanceof CachedUserModel cached) {
            cached.invalidate();
        }
    }

    /** The newest, should an import or an old race have left several. */
    private Optional<CredentialModel> stored() {
        List<CredentialModel> all = user.credentialManager()
                .getStoredCredentialsByTypeStream(BackupCodesCredentialModel.TYPE)
                .toList();
        return all.stream().max(Comparator.comparing(CredentialModel::getCreatedDate));
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
