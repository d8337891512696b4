package io.github.backupcodes.credential.verify;

import io.github.backupcodes.code.KeycloakRecoveryCodeFormat;
import io.github.backupcodes.code.ParsedCode;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.credential.store.CredentialRowStore;
import io.github.backupcodes.credential.verify.VerificationResult.Reason;
import io.github.backupcodes.credential.verify.VerificationResult.Refused;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.support.UserCaches;
import java.util.List;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;

/**
 * The recovery codes that a user has generated with Keycloak's own action, if the realm accepts them beside backup codes.
 *
 * <p>Rows are locked in one order: the row of the set of backup codes, or of the user if something does not exist yet, then the row
 * of the recovery codes, then the row of their {@linkplain RecoveryCodeUsage usage}.
 */
public final class KeycloakRecoveryCodes {

    private final KeycloakSession session;
    private final UserModel user;
    private final RecoveryCodeUsageStore usage;

    /** Takes the user whose recovery codes are meant. */
    public KeycloakRecoveryCodes(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
        this.usage = new RecoveryCodeUsageStore(session, user);
    }

    /** Whether there is one that is accepted. Answered from the user cache. */
    public boolean exist() {
        return accepted().filter(codes -> codes.remaining() > 0).isPresent();
    }

    /**
     * Whether there are recovery codes, or the last one was used here: then Keycloak keeps nothing of them. Answered from the user
     * cache.
     */
    public boolean haveBeenGenerated() {
        return (!stored().isEmpty() || usage.areOfUsedUpCodes()) && isAccepting();
    }

    /** Returns the recovery codes as a candidate for an entered code; empty if none were generated. By the user cache. */
    Optional<CodeCandidate> candidate(String entered) {
        if (!haveBeenGenerated()) {
            return Optional.empty();
        }
        List<CredentialModel> stored = stored();
        Optional<RecoveryCodesCredential> cached = stored.stream().findFirst().flatMap(RecoveryCodesCredential::of);
        if (cached.filter(codes -> codes.remaining() > 0).isEmpty()) {
            Reason reason = cached.isPresent() || stored.isEmpty() ? Reason.NONE_LEFT : Reason.UNREADABLE;
            return Optional.of(new CodeCandidate.Unusable(Refused.because(reason)));
        }
        ParsedCode parsed = KeycloakRecoveryCodeFormat.parse(entered);
        return Optional.of(
                parsed instanceof ParsedCode.WellFormed wellFormed
                        ? new RecoveryCodesCandidate(
                                cached.get(),
                                wellFormed.code(),
                                usage.cached(cached.get().id()))
                        : new CodeCandidate.Unusable(Refused.malformed((ParsedCode.Malformed) parsed)));
    }

    /**
     * Removes all of them with their usage, if the realm accepts them.
     *
     * @return the credentials that were removed
     * @throws CredentialLockedException if someone else holds a row for too long
     */
    public List<CredentialModel> removeAll() {
        List<CredentialModel> stored = stored();
        if ((stored.isEmpty() && !usage.exists()) || !isAccepting()) {
            return List.of();
        }
        UserCaches.bypass(user);
        CredentialRowStore row = new CredentialRowStore(session);
        List<CredentialModel> removed = stored.stream()
                .filter(credential -> row.lock(user, credential.getId()).isPresent())
                .toList();
        usage.remove();
        removed.forEach(credential -> row.remove(user, credential.getId()));
        return removed;
    }

    /** The first credential, as in Keycloak's form. The policy is read only for users who have one. */
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
