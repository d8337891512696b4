package io.github.backupcodes.emailcode;

import io.github.backupcodes.challenge.store.StoredObjectCount;
import io.github.backupcodes.support.CredentialTypes;
import java.time.Duration;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Creates {@link EmailCodeCredentialProvider}s, which share the queue of this server, and schedules the count of stored objects. */
public final class EmailCodeCredentialProviderFactory
        implements CredentialProviderFactory<EmailCodeCredentialProvider> {

    /** The id of the provider. */
    public static final String ID = CredentialTypes.EMAIL_CODE;

    /** {@code --spi-credential--email-code--store-count-seconds}. */
    private static final String STORE_COUNT = "storeCountSeconds";

    private final EmailCodeServer server = new EmailCodeServer();
    private Duration betweenStoreCounts = Duration.ofMinutes(5);

    @Override
    public EmailCodeCredentialProvider create(KeycloakSession session) {
        return new EmailCodeCredentialProvider(session, server);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        betweenStoreCounts = Duration.ofSeconds(config.getLong(STORE_COUNT, betweenStoreCounts.toSeconds()));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        StoredObjectCount count = new StoredObjectCount(factory);
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                count.schedule(betweenStoreCounts, server.metrics());
            }
        });
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(STORE_COUNT)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .helpText(
                        "Seconds between two counts of the single-use objects in the database, for the metrics; 0 for never.")
                .defaultValue(betweenStoreCounts.toSeconds())
                .add()
                .build();
    }
}
