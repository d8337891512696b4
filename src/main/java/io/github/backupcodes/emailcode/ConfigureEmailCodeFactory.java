package io.github.backupcodes.emailcode;

import io.github.backupcodes.policy.EmailCodePolicy;
import io.github.backupcodes.policy.EmailCodeSettings;
import io.github.backupcodes.support.SimpleProviderFactory;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Creates the required action {@code CONFIGURE_EMAIL_CODE}, whose configuration is the {@link EmailCodePolicy} of the realm.
 */
public final class ConfigureEmailCodeFactory
        implements RequiredActionFactory, SimpleProviderFactory<RequiredActionProvider> {

    private static final ConfigureEmailCode ACTION = new ConfigureEmailCode();

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return ACTION;
    }

    @Override
    public String getId() {
        return EmailCodePolicy.REQUIRED_ACTION;
    }

    @Override
    public String getDisplayText() {
        return "Set up codes by email";
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return Stream.concat(
                        EmailCodeSettings.properties().stream(),
                        RequiredActionFactory.super.getConfigMetadata().stream())
                .toList();
    }

    @Override
    public void validateConfig(KeycloakSession session, RealmModel realm, RequiredActionConfigModel model) {
        RequiredActionFactory.super.validateConfig(session, realm, model);
        EmailCodeSettings.validate(model);
    }
}
