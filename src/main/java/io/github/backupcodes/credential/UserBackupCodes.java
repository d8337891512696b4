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
import io.github.backupcodes.credential.verify.SignInChannel;
import io.github.backupcodes.credential.verify.VaultHashKeySource;
import io.github.backupcodes.credential.verify.VerificationResult;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.UserStorages;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * The backup codes of one user: the service that other packages call, and the only place that writes codes.
 *
 * <p>{@link CodeVerifier} decides whether an entered code is valid.
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

    /** The backup codes of a user, as the session has this user. */
    public static UserBackupCodes of(KeycloakSession session, UserModel user) {
        return BackupCodesCredentialProvider.of(session).codes(user);
    }

    /** Whether codes can be stored for the user: Keycloak does not store every user of an identity provider. */
    public boolean canExist() {
        return new UserStorages(user).isStored();
    }

    /** Whether the user has a set, used up or not. Answered from the user cache. */
    public boolean hasSet() {
        return own.newest().isPresent();
    }

    /** Whether Keycloak's recovery codes are accepted as well: the realm accepts them and one is left. */
    public boolean hasKeycloakRecoveryCodes() {
        return recoveryCodes.exist();
    }

    /**
     * Whether the user has generated codes of a kind that is accepted, whether or not one of them works: they may be used up, expired,
     * paused, disabled or unreadable. A flow that rests on them still requests them. Answered from the user cache.
     */
    public boolean haveBeenGenerated() {
        return hasSet() || recoveryCodes.haveBeenGenerated();
    }

    /** The set in the user cache. It is for display; a decision must not rest on it. */
    public Optional<CodeSet> cachedSet() {
        return own.cachedSet();
    }

    /** The temporary code of the user, whether or not there is one. */
    public TemporaryCode temporary() {
        return new TemporaryCode(issued);
    }

    /** The formats of the codes that the user may enter: first that of the temporary code, then that of the set. */
    public Stream<CodeFormat> formats() {
        return Stream.concat(temporary().format().stream(), cachedSet().map(CodeSet::format).stream());
    }

    /**
     * Hashes a new set; empty if the server is too busy, or if the key that the realm's policy requires is missing: then no weaker set
     * replaces it.
     */
    public Optional<CodeSet> hashNewSet(Function<HashKeySource, CodeSet> set) {
        return withKeys(hashingLimiter.ofSets(), set);
    }

    /** Hashes a code for a set that is not saved; empty if the server is too busy, or if the key of the set is missing. */
    public Optional<CodeHash> hash(BackupCode code, CodeSet set) {
        return withKeys(hashingLimiter.ofAttempts(), keys -> set.hash(code, keys));
    }

    private <T> Optional<T> withKeys(HashingLimiter.Slots slots, Function<HashKeySource, T> work) {
        try {
            return slots.run(FairSemaphore.Claimant.of(session, user), () -> work.apply(keys));
        } catch (HashKeyMissingException onRecord) {
            return Optional.empty();
        }
    }

    /**
     * Saves a set that the user has generated. It replaces an older one. Metrics, and the user by mail, are notified after the
     * transaction was committed.
     *
     * @param set    the new set
     * @param beside the ids of the credentials that were created before it in the same sign-in
     * @return the credential
     * @throws CredentialLockedException if someone else holds the row for too long
     */
    public CredentialModel save(CodeSet set, Set<String> beside) {
        boolean replacing = haveBeenGenerated();
        CredentialModel saved = own.save(set);
        reporter.reportNewSet(session, user, beside, replacing);
        return saved;
    }

    /**
     * Saves an imported set. It replaces an older one.
     *
     * @throws UnreadableCodeSetException if this version cannot read it
     */
    CredentialModel store(BackupCodesCredentialModel imported) {
        return own.save(BackupCodesCredentialModel.of(CredentialImport.set(imported), imported.typedLabel())
                .keeping(imported));
    }

    /**
     * Removes all codes of the user: the set, the temporary code, and Keycloak's recovery codes if the realm accepts them. Each row is
     * locked first, so that a sign-in at the same moment either comes before or finds no codes.
     *
     * @return the credentials that were removed
     * @throws CredentialLockedException if someone else holds a row for too long
     */
    public List<CredentialModel> removeAll() {
        // in the order in which attempts lock them
        return Stream.concat(
                        Stream.of(issued, own).flatMap(sets -> sets.remove(credential -> true).stream()),
                        Stream.of(recoveryCodes).flatMap(codes -> codes.removeAll().stream()))
                .toList();
    }

    /**
     * Removes Keycloak's recovery codes if the realm accepts them: a new set replaces them. It has to come after any change of the set,
     * because rows are locked in this order.
     *
     * @return the credentials that were removed
     * @throws CredentialLockedException if someone else holds a row for too long
     */
    public List<CredentialModel> removeRecoveryCodes() {
        return recoveryCodes.removeAll();
    }

    /**
     * Notes on the locked row that the user is notified of the end of the set.
     *
     * @return when the set expires; empty if the user was notified before, or if the set does not work any more
     * @throws CredentialLockedException if someone else holds the row for too long
     */
    Optional<Instant> remind(String credentialId, Instant now) {
        return own.remind(credentialId, now);
    }

    /**
     * Verifies an entered code and uses it up: the temporary code, one of the set, or one of Keycloak's recovery codes if the realm
     * accepts them. Metrics, and the user by mail, get the result after the transaction was committed.
     *
     * @param entered the text as it was entered
     * @param channel the way on which it came
     * @param address the client's IP address, which is kept with a used code
     * @param limit   how many failed attempts bring a pause
     */
    public VerificationResult redeem(String entered, SignInChannel channel, String address, AttemptLimit limit) {
        return new CodeVerifier(session, user, hashingLimiter, keys, reporter::reportAttempt)
                .verify(entered, channel, address, limit);
    }
}
