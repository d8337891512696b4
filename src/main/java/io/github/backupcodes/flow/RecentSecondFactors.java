package io.github.backupcodes.flow;

import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.credential.store.CredentialRowStore;
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
 * What a user has set up since some moment that is worth more than a password: second factors, passkeys, recovery codes of
 * Keycloak's. Their rows are locked. Backup codes are none of them: {@link UserBackupCodes#removeAll} has those.
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
     * @param session whose realm is meant
     * @param user    whose
     * @param since   the moment
     * @param beside  the ids of credentials that count as well, whatever their date
     * @throws CredentialLockedException when somebody else holds a row for too long
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

    /** Whether the user has a second factor besides. */
    public boolean leaveSecondFactor() {
        return leave(factors.types());
    }

    /** Whether the user has a second factor or a passkey besides. */
    public boolean leaveProtection() {
        return leave(factors.protectingTypes());
    }

    @SuppressWarnings("deprecation") // the only way to learn of an OTP that a user storage provider keeps
    private boolean leave(Set<String> types) {
        List<String> leaving = locked.stream().map(CredentialModel::getId).toList();
        return Stream.concat(
                        stored(user)
                                .filter(credential -> !leaving.contains(credential.getId()))
                                .map(CredentialModel::getType),
                        credentials(user).getConfiguredUserStorageCredentialTypesStream())
                .anyMatch(types::contains);
    }

    /**
     * Takes them from the user.
     *
     * @return those that were there
     */
    public List<CredentialModel> remove() {
        List<CredentialModel> there = locked.stream()
                .filter(credential -> Objects.nonNull(credentials(user).getStoredCredentialById(credential.getId())))
                .toList();
        UserCaches.bypass(user);
        there.forEach(credential -> row.remove(user, credential.getId()));
        return there;
    }

    private static Stream<CredentialModel> stored(UserModel user) {
        return credentials(user).getStoredCredentialsStream();
    }

    private static SubjectCredentialManager credentials(UserModel user) {
        return user.credentialManager();
    }
}
