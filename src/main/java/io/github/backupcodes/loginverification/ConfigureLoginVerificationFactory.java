package io.github.backupcodes.loginverification;

import io.github.backupcodes.policy.LoginVerificationPolicy;
import io.github.backupcodes.policy.LoginVerificationSettings;
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
 * Creates the required action {@code CONFIGURE_LOGIN_VERIFICATION}, whose configuration is the {@link
 * LoginVerificationPolicy} of the realm.
 */
public final class ConfigureLoginVerificationFactory
        implements RequiredActionFactory, SimpleProviderFactory<RequiredActionProvider> {

    private static final ConfigureLoginVerification ACTION = new ConfigureLoginVerification();

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return ACTION;
    }

    @Override
    public String getId() {
        return LoginVerificationPolicy.REQUIRED_ACTION;
    }

    @Override
    public String getDisplayText() {
        return "Turn on login verification";
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return Stream.concat(
                        LoginVerificationSettings.properties().stream(),
                        RequiredActionFactory.super.getConfigMetadata().stream())
                .toList();
    }

    @Override
    public void validateConfig(KeycloakSession session, RealmModel realm, RequiredActionConfigModel model) {
        RequiredActionFactory.super.validateConfig(session, realm, model);
        LoginVerificationSettings.validate(model);
    }
}
