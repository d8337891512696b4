package io.github.backupcodes.enrollment;

import io.github.backupcodes.credential.verify.VaultHashKeySource;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.policy.BackupCodesSettings;
import io.github.backupcodes.support.SimpleProviderFactory;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Creates the required action {@code CONFIGURE_BACKUP_CODES}, whose configuration is the {@link BackupCodesPolicy} of
 * the realm.
 */
public final class ConfigureBackupCodesFactory
        implements RequiredActionFactory, SimpleProviderFactory<RequiredActionProvider> {

    private final SecureRandom random = new SecureRandom();

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return new ConfigureBackupCodes(random);
    }

    @Override
    public String getId() {
        return BackupCodesPolicy.REQUIRED_ACTION;
    }

    @Override
    public String getDisplayText() {
        return "Set up backup codes";
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return Stream.concat(
                        BackupCodesSettings.properties().stream(),
                        RequiredActionFactory.super.getConfigMetadata().stream())
                .toList();
    }

    @Override
    public void validateConfig(KeycloakSession session, RealmModel realm, RequiredActionConfigModel model) {
        RequiredActionFactory.super.validateConfig(session, realm, model);
        BackupCodesSettings.validate(model, new VaultHashKeySource(session)::has);
    }
}
