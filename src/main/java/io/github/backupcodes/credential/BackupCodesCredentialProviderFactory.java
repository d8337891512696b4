package io.github.backupcodes.credential;

import io.github.backupcodes.credential.verify.HashingLimiter;
import io.github.backupcodes.metrics.BackupCodesMetrics;
import java.time.Duration;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Creates {@link BackupCodesCredentialProvider}s, and schedules the task that looks for sets that expire soon. */
public final class BackupCodesCredentialProviderFactory
        implements CredentialProviderFactory<BackupCodesCredentialProvider> {

    /** The id of the provider. */
    public static final String ID = "backup-codes";

    /** {@code --spi-credential--backup-codes--expiry-check-seconds}. */
    private static final String EXPIRY_CHECK = "expiryCheckSeconds";

    private final BackupCodesMetrics metrics = BackupCodesMetrics.ofThisServer();
    private final CodeActivityReporter reporter = new CodeActivityReporter(metrics);
    private final HashingLimiter hashingLimiter = HashingLimiter.forThisServer(metrics);
    private Duration betweenExpiryChecks = Duration.ofDays(1);

    @Override
    public BackupCodesCredentialProvider create(KeycloakSession session) {
        return new BackupCodesCredentialProvider(session, hashingLimiter, reporter);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        betweenExpiryChecks = Duration.ofSeconds(config.getLong(EXPIRY_CHECK, betweenExpiryChecks.toSeconds()));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        ExpiryReminderTask task = new ExpiryReminderTask(factory, betweenExpiryChecks);
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                task.schedule();
            }
        });
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(EXPIRY_CHECK)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .helpText(
                        "Seconds between two checks for backup codes that expire soon, whose users get mail; 0 for never.")
                .defaultValue(Duration.ofDays(1).toSeconds())
                .add()
                .build();
    }
}
