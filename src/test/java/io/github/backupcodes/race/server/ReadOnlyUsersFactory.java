package io.github.backupcodes.race.server;

import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.storage.UserStorageProviderFactory;

/** Makes {@link ReadOnlyUsers}. */
public final class ReadOnlyUsersFactory implements UserStorageProviderFactory<ReadOnlyUsers> {

    /** The id of the storage. */
    public static final String ID = "read-only-users";

    @Override
    public ReadOnlyUsers create(KeycloakSession session, ComponentModel model) {
        return new ReadOnlyUsers(session, model);
    }

    @Override
    public String getId() {
        return ID;
    }
}
