package io.github.backupcodes.support;

import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.models.light.LightweightUserAdapter;
import org.keycloak.storage.ReadOnlyException;
import org.keycloak.storage.StorageId;

/**
 * Checks whether the storage of a user can be changed.
 *
 * @param user the user, perhaps from the cache
 */
public record UserStorages(UserModel user) {

    /** Not the name of any required action. */
    private static final String NO_ACTION = "backup-codes-none";

    /**
     * Whether an enrollment can be completed: not for a user whom Keycloak does not store at all, because no credential
     * is stored either. For other users Keycloak removes a finished action, which fails if the user's storage is
     * read-only. To find out, this asks the storage, past the cache, for a change without effect.
     */
    public boolean canBeChanged() {
        if (!isStored()) {
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

    /** Whether Keycloak stores the user at all; it stores no transient user, nor credentials of one. */
    public boolean isStored() {
        return !LightweightUserAdapter.isLightweightUser(user);
    }
}
