package io.github.backupcodes.credential.store;

import io.github.backupcodes.code.FactorRank;
import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.UserCaches;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;

/**
 * Locks and removes the strong credentials that a user set up since some moment: second factors, passkeys, Keycloak
 * recovery codes. Backup codes are not included: {@code UserBackupCodes.removeAll} removes them.
 */
public final class RecentSecondFactors {

    private final UserModel user;
    private final SecondFactorCredentials factors;
    private final CredentialRowStore row;
    private final List<CredentialModel> locked;

    private RecentSecondFactors(
            UserModel user, SecondFactorCredentials factors, CredentialRowStore row, List<CredentialModel> locked) {
        this.user = user;
        this.factors = factors;
        this.row = row;
        this.locked = locked;
    }

    /**
     * Locks them until the transaction of the session ends.
     *
     * @param session the session of the realm
     * @param user    their owner
     * @param since   the moment
     * @param beside  the ids of credentials that are included too, whatever their date
     * @throws CredentialLockedException if another transaction holds a row for too long
     */
    public static RecentSecondFactors lock(KeycloakSession session, UserModel user, Instant since, Set<String> beside) {
        SecondFactorCredentials factors = new SecondFactorCredentials(session);
        CredentialRowStore row = new CredentialRowStore(session);
        Set<String> strong = factors.strongTypes();
        UserCaches.bypass(user);
        List<CredentialModel> found = stored(user)
                .filter(credential -> strong.contains(credential.getType())
                        && !CredentialTypes.BACKUP_CODES.equals(credential.getType())
                        && (beside.contains(credential.getId()) || isSince(credential, since)))
                .toList();
        return new RecentSecondFactors(
                user,
                factors,
                row,
                found.stream()
                        .filter(credential -> row.lock(user, credential.getId()).isPresent())
                        .toList());
    }

    private static boolean isSince(CredentialModel credential, Instant since) {
        return credential.getCreatedDate() != null && credential.getCreatedDate() >= since.toEpochMilli();
    }

    /** The rank of the best second factor that the user would still have after their removal; none if there is none. */
    public FactorRank rankOfRest() {
        return factors.rankOf(user, this::stays);
    }

    /** Whether the user would still have a second factor or a passkey after their removal. */
    public boolean leaveProtection() {
        return factors.protecting(user).stream().anyMatch(this::stays);
    }

    private boolean stays(CredentialModel credential) {
        return locked.stream().noneMatch(removed -> removed.getId().equals(credential.getId()));
    }

    /**
     * Removes them.
     *
     * @return those that still existed
     */
    public List<CredentialModel> remove() {
        List<CredentialModel> existing = locked.stream()
                .filter(credential -> Objects.nonNull(credentials(user).getStoredCredentialById(credential.getId())))
                .toList();
        UserCaches.bypass(user);
        existing.forEach(credential -> row.remove(user, credential.getId()));
        return existing;
    }

    private static Stream<CredentialModel> stored(UserModel user) {
        return credentials(user).getStoredCredentialsStream();
    }

    private static SubjectCredentialManager credentials(UserModel user) {
        return user.credentialManager();
    }
}
