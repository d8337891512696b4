package io.github.backupcodes.support;

import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;

/** Keycloak's user cache, as far as a decision must not rest on it. */
public final class UserCaches {

    private UserCaches() {}

    /** From now on the session of the user reads this user from the database, and other nodes drop the user from their caches. */
    public static void bypass(UserModel user) {
        if (user instanceof CachedUserModel cached) {
            cached.invalidate();
        }
    }
}
