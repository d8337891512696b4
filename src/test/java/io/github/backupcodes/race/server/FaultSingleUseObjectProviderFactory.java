package io.github.backupcodes.race.server;

import io.github.backupcodes.support.SimpleProviderFactory;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.common.Profile;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.SingleUseObjectProviderFactory;
import org.keycloak.provider.EnvironmentDependentProviderFactory;

/** Makes {@link FaultSingleUseObjectProvider}, around the one of Keycloak. */
public final class FaultSingleUseObjectProviderFactory
        implements SingleUseObjectProviderFactory<SingleUseObjectProvider>,
                SimpleProviderFactory<SingleUseObjectProvider>,
                EnvironmentDependentProviderFactory {

    /** Above those of Keycloak, which have 1 at most. */
    private static final int FIRST = 1_000;

    /** Of the one with Infinispan, embedded or remote. */
    private static final String INFINISPAN = "infinispan";

    @Override
    public SingleUseObjectProvider create(KeycloakSession session) {
        return new FaultSingleUseObjectProvider(
                session, session.getProvider(SingleUseObjectProvider.class, INFINISPAN));
    }

    /** Not in place of JPA, which the extension tells by its id. The feature is there since 26.7, so it is looked for by name. */
    @Override
    public boolean isSupported(Config.Scope config) {
        return Stream.of(Profile.Feature.values())
                .filter(feature -> feature.name().equals("STATELESS"))
                .noneMatch(Profile::isFeatureEnabled);
    }

    @Override
    public int order() {
        return FIRST;
    }

    @Override
    public String getId() {
        return "test-store";
    }
}
