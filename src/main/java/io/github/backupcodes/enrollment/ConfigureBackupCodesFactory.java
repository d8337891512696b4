package io.github.backupcodes.enrollment;

import io.github.backupcodes.credential.VaultKeys;
import io.github.backupcodes.policy.Policy;
import io.github.backupcodes.policy.Settings;
import io.github.backupcodes.provider.PlainFactory;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;

/** Makes the required action {@code CONFIGURE_BACKUP_CODES}, whose configuration is the {@link Policy} of the realm. */
public final class ConfigureBackupCodesFactory implements RequiredActionFactory, PlainFactory<RequiredActionProvider> {

    private final SecureRandom random = new SecureRandom();

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return new ConfigureBackupCodes(random);
    }

    @Override
    public String getId() {
        return Policy.REQUIRED_ACTION;
    }

    @Override
    public String getDisplayText() {
        return "Backup codes";
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return Stream.concat(Settings.properties().stream(), RequiredActionFactory.super.getConfigMetadata().stream())
                .toList();
    }

    @Override
    public void validateConfig(KeycloakSession session, RealmModel realm, RequiredActionConfigModel model) {
        RequiredActionFactory.super.validateConfig(session, realm, model);
        Settings.validate(model, new VaultKeys(session)::has);
    }
}
