package io.github.backupcodes.support;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;

/**
 * A provider factory with nothing to do when the server starts or stops.
 *
 * @param <P> the provider that it creates
 */
public interface SimpleProviderFactory<P extends Provider> extends ProviderFactory<P> {

    @Override
    default void init(Config.Scope config) {}

    @Override
    default void postInit(KeycloakSessionFactory factory) {}

    @Override
    default void close() {}
}
