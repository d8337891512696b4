package io.github.backupcodes.support;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;

/**
 * A factory that has nothing to do when the server starts or stops.
 *
 * @param <P> what it makes
 */
public interface SimpleProviderFactory<P extends Provider> extends ProviderFactory<P> {

    @Override
    default void init(Config.Scope config) {}

    @Override
    default void postInit(KeycloakSessionFactory factory) {}

    @Override
    default void close() {}
}
