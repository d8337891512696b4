package io.github.backupcodes.credential;

import io.github.backupcodes.code.AttemptLimit;
import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeHash;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.HashKeyMissingException;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.credential.model.BackupCodesCredentialModel;
import io.github.backupcodes.credential.model.UnreadableCodeSetException;
import io.github.backupcodes.credential.store.CodeSetStore;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.credential.verify.CodeVerifier;
import io.github.backupcodes.credential.verify.FairSemaphore;
import io.github.backupcodes.credential.verify.HashingLimiter;
import io.github.backupcodes.credential.verify.KeycloakRecoveryCodes;
import io.github.backupcodes.credential.verify.VaultHashKeySource;
import io.github.backupcodes.credential.verify.VerificationResult;
import io.github.backupcodes.support.CredentialTypes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.light.LightweightUserAdapter;

/**
 * The backup codes of one user: the only place that writes them.
 *
 * <p>Single use is decided by the row. The slow hash is computed first, without a lock; then the row is locked and read
 * afresh, and the code is looked up, marked used and written in the transaction of the request. Whoever comes second
 * waits for the lock and finds the code used. Wrong codes are counted in the same place.
 */
public final class UserBackupCodes {

    private final KeycloakSession session;
    private final UserModel user;
    private final HashingLimiter hashingLimiter;
    private final CodeActivityReporter reporter;
    private final CodeSetStore own;
    private final CodeSetStore issued;
    private final KeycloakRecoveryCodes recoveryCodes;
    private final HashKeySource keys;

    UserBackupCodes(
            KeycloakSession session, UserModel user, HashingLimiter hashingLimiter, CodeActivityReporter reporter) {
        this.session = session;
        this.user = user;
        this.hashingLimiter = hashingLimiter;
        this.reporter = reporter;
        this.own = new CodeSetStore(session, user, CredentialTypes.BACKUP_CODES);
        this.issued = new CodeSetStore(session, user, CredentialTypes.TEMPORARY_CODE);
        this.recoveryCodes = new KeycloakRecoveryCodes(session, user);
        this.keys = new VaultHashKeySource(session);
    }

    /** Whether codes can be kept for the user: Keycloak has users of identity providers whom it does not store. */
    public boolean canExist() {
        return !LightweightUserAdapter.isLightweightUser(user);
    }

    /** Whether the user has a set, used up or not. Answered from the user cache. */
    public boolean hasSet() {
        return own.newest().isPresent();
    }

    /** Whether Keycloak's own recovery codes are taken as well: the realm accepts them and one is left. */
    public boolean hasKeycloakRecoveryCodes() {
        return recoveryCodes.exist();
    }

    /**
     * Whether the user has made codes of a kind that is accepted, whatever has become of them: used up, expired, paused,
     * disabled or unreadable. A flow that rests on them goes on asking. Answered from the user cache.
     */
    public boolean haveBeenGenerated() {
        return hasSet() || recoveryCodes.haveBeenGenerated();
    }

    /** The set, from the user cache: to show, never to decide on. */
    public Optional<CodeSet> cachedSet() {
        return own.cachedSet();
    }

    /** The code that an administrator has issued to the user, if there is one. */
    public TemporaryCode temporary() {
        return new TemporaryCode(issued);
    }

    /** How the codes look that the user may type: first the one that an administrator has issued, then those of the set. */
    public Stream<CodeFormat> formats() {
        return Stream.concat(temporary().format().stream(), cachedSet().map(CodeSet::format).stream());
    }

    /**
     * Hashes a new set; nothing when the server is too busy for that, or the key is missing that the realm's policy asks for:
     * then no weaker set takes its place.
     */
    public Optional<CodeSet> hashNewSet(Function<HashKeySource, CodeSet> set) {
        return withKeys(hashingLimiter.ofSets(), set);
    }

    /** Hashes a code for a set that is not saved; nothing when the server is too busy for that, or its key is missing. */
    public Optional<CodeHash> hash(BackupCode code, CodeSet set) {
        return withKeys(hashingLimiter.ofAttempts(), keys -> set.hash(code, keys));
    }

    private <T> Optional<T> withKeys(HashingLimiter.Slots slots, Function<HashKeySource, T> work) {
        try {
            return slots.run(claimant(), () -> work.apply(keys));
        } catch (HashKeyMissingException onRecord) {
            return Optional.empty();
        }
    }

    private FairSemaphore.Claimant claimant() {
        return new FairSemaphore.Claimant(session.getContext().getRealm().getId(), user.getId());
    }

    /**
     * Saves a set that the user has made, in place of an older one if there is one. Counters, and the user by mail, hear of it
     * when the transaction has been committed.
     *
     * @param set   the new set
     * @param label how Keycloak's pages call it, in the language of the user; null, or too long, for the name of its type
     * @param beside the ids of what was made in the same sign-in, before
     * @return the credential
     * @throws CredentialLockedException when somebody else holds the row for too long
     */
    public CredentialModel save(CodeSet set, @Nullable String label, Set<String> beside) {
        boolean tooLong = label != null && label.length() > BackupCodesCredentialModel.LONGEST_LABEL;
        CredentialModel saved = own.save(set, tooLong ? null : label);
        reporter.reportNewSet(beside);
        return saved;
    }

    /**
     * The same for a set that is imported.
     *
     * @throws UnreadableCodeSetException when this version cannot read it
     */
    CredentialModel store(BackupCodesCredentialModel imported) {
        return own.save(BackupCodesCredentialModel.of(CredentialImport.set(imported), imported.getUserLabel())
                .keeping(imported));
    }

    /**
     * Takes all codes from the user, one that an administrator has issued included, and Keycloak's own recovery codes where
     * the realm accepts them. Each row is locked first, so that a sign-in at the same moment either comes before or finds no
     * codes.
     *
     * @return the credentials that were removed
     * @throws CredentialLockedException when somebody else holds a row for too long
     */
    public List<CredentialModel> removeAll() {
        // in the order in which attempts lock them
        return Stream.concat(
                        Stream.of(issued, own).flatMap(sets -> sets.remove(credential -> true).stream()),
                        Stream.of(recoveryCodes).flatMap(codes -> codes.removeAll().stream()))
                .toList();
    }

    /**
     * Takes Keycloak's own recovery codes from the user, where the realm accepts them: a new set takes the place of all.
     * Comes after what is done to the set, for rows are locked in this order.
     *
     * @return the credentials that were removed
     * @throws CredentialLockedException when somebody else holds a row for too long
     */
    public List<CredentialModel> removeRecoveryCodes() {
        return recoveryCodes.removeAll();
    }

    /**
     * Notes on the locked row that the user is told of the end of the set.
     *
     * @return until when the set works; nothing when the user was told before, or the set was replaced, used up or removed
     * @throws CredentialLockedException when somebody else holds the row for too long
     */
    Optional<Instant> remind(String credentialId, Instant now) {
        return own.remind(credentialId, now);
    }

    /**
     * Tries a code: the one that an administrator has issued, those of the set, or Keycloak's own recovery codes where the
     * realm accepts them. Counters, and the user by mail, hear of it when the transaction has been committed.
     *
     * @param typed   what was typed, as it came
     * @param address the client's IP address, kept with the code when it is used
     * @param limit   how many wrong codes bring a pause
     */
    public VerificationResult redeem(String typed, String address, AttemptLimit limit) {
        return redeem(typed, address, limit, issued, own);
    }

    /**
     * The same without the code that an administrator has issued: for ways in on which no page can follow, for that code has
     * to lead to a new second factor.
     */
    public VerificationResult redeemWithoutPages(String typed, String address, AttemptLimit limit) {
        return redeem(typed, address, limit, own);
    }

    private VerificationResult redeem(String typed, String address, AttemptLimit limit, CodeSetStore... sets) {
        VerificationResult outcome =
                recoveryCodes.redeem(typed, limit, () -> redeemBackupCode(typed, address, limit, sets));
        report(outcome);
        return outcome;
    }

    /** Says what became of an attempt to counters, and to the user by mail, when the transaction has been committed. */
    void report(VerificationResult outcome) {
        reporter.reportAttempt(outcome);
    }

    private VerificationResult redeemBackupCode(
            String typed, String address, AttemptLimit limit, CodeSetStore... sets) {
        // empty when a cached credential has no row any more, or another set in its row
        Supplier<Optional<VerificationResult>> redeem =
                () -> new CodeVerifier(session, user, typed, hashingLimiter, claimant(), keys, sets)
                        .run(address, limit)
                        .map(this::withOwnCount);
        return redeem.get()
                .or(() -> {
                    CodeSetStore.bypassCache(user);
                    return redeem.get();
                })
                .orElseGet(VerificationResult.NoSet::new);
    }

    private VerificationResult withOwnCount(VerificationResult result) {
        return result instanceof VerificationResult.Accepted accepted && accepted.isTemporary()
                ? new VerificationResult.Accepted(
                        cachedSet().map(CodeSet::remaining).orElse(0), accepted.credentialType())
                : result;
    }
}
