package io.github.backupcodes.race.server;

import io.github.backupcodes.support.SimpleProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.theme.ThemeSelectorProvider;
import org.keycloak.theme.ThemeSelectorProviderFactory;

/** Makes {@link FaultThemeSelectorProvider}, instead of Keycloak's own. */
public final class FaultThemeSelectorProviderFactory
        implements ThemeSelectorProviderFactory, SimpleProviderFactory<ThemeSelectorProvider> {

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
}
