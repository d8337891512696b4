package io.github.backupcodes.emailcode;

import io.github.backupcodes.challenge.factor.VerificationCodeCredentialProviderFactory;
import io.github.backupcodes.challenge.store.StoredObjectCount;
import java.time.Duration;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Creates the credential providers of codes by e-mail, and schedules the count of stored objects. */
public final class EmailCodeCredentialProviderFactory extends VerificationCodeCredentialProviderFactory {

    /** {@code --spi-credential--email-code--store-count-seconds}. */
    private static final String STORE_COUNT = "storeCountSeconds";

    private Duration betweenStoreCounts = Duration.ofMinutes(5);

    /** Called by Keycloak. */
    public EmailCodeCredentialProviderFactory() {
        super(new EmailCodeFactor());
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
                count.schedule(betweenStoreCounts, metrics());
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
