package io.github.backupcodes.support;

import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.models.light.LightweightUserAdapter;
import org.keycloak.storage.ReadOnlyException;
import org.keycloak.storage.StorageId;

/**
 * Where a user is kept.
 *
 * @param user the user, perhaps from the cache
 */
public record UserStorages(UserModel user) {

    /** The name of no required action. */
    private static final String NO_ACTION = "backup-codes-none";

    /**
     * Whether a set-up can come to its end: not for a user whom Keycloak does not store at all, for no credential is kept
     * either. For others Keycloak takes a finished action away, and fails where the user's storage allows no change. Asking the
     * storage, past the cache, for a change that changes nothing tells.
     */
    public boolean canBeChanged() {
        if (LightweightUserAdapter.isLightweightUser(user)) {
            return false;
        }
        if (StorageId.isLocalStorage(user.getId()) && !user.isFederated()) {
            return true;
        }
        UserModel stored = user instanceof CachedUserModel cached ? cached.getDelegateForUpdate() : user;
        try {
            stored.removeRequiredAction(NO_ACTION);
            return true;
        } catch (ReadOnlyException e) {
            return false;
        }
    }
}
