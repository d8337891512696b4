package io.github.backupcodes.race.server;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;

/** Makes the provider of {@link RowLockResource}. */
public final class RowLockResourceFactory implements AdminRealmResourceProviderFactory {

    /** The step of the path below the realm. */
    public static final String ID = "held-rows";

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return new RowLockResourceProvider();
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
