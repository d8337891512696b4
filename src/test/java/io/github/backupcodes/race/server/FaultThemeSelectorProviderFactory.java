package io.github.backupcodes.race.server;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.theme.ThemeSelectorProvider;
import org.keycloak.theme.ThemeSelectorProviderFactory;

/** Makes {@link FaultThemeSelectorProvider}, in place of Keycloak's own. */
public final class FaultThemeSelectorProviderFactory implements ThemeSelectorProviderFactory {

    @Override
    public ThemeSelectorProvider create(KeycloakSession session) {
        return new FaultThemeSelectorProvider(session);
    }

    @Override
    public int order() {
        return 1;
    }

    @Override
    public String getId() {
        return "test-fault";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
