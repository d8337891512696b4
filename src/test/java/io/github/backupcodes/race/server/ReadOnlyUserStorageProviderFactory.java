package io.github.backupcodes.race.server;

import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.storage.UserStorageProviderFactory;

/** Makes {@link ReadOnlyUserStorageProvider}. */
public final class ReadOnlyUserStorageProviderFactory
        implements UserStorageProviderFactory<ReadOnlyUserStorageProvider> {

    /** The id of the storage. */
    public static final String ID = "read-only-users";

    @Override
    public ReadOnlyUserStorageProvider create(KeycloakSession session, ComponentModel model) {
        return new ReadOnlyUserStorageProvider(session, model);
    }

    @Override
    public String getId() {
        return ID;
    }
}
