package io.github.backupcodes.enrollment;

import io.github.backupcodes.policy.VerificationPolicy;
import io.github.backupcodes.policy.VerificationSettings;
import io.github.backupcodes.provider.PlainFactory;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Makes the required action {@code CONFIGURE_LOGIN_VERIFICATION}, whose configuration is the {@link VerificationPolicy} of the
 * realm.
 */
public final class ConfigureLoginVerificationFactory
        implements RequiredActionFactory, PlainFactory<RequiredActionProvider> {

    private static final ConfigureLoginVerification ACTION = new ConfigureLoginVerification();

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return ACTION;
    }

    @Override
    public String getId() {
        return VerificationPolicy.REQUIRED_ACTION;
    }

    @Override
    public String getDisplayText() {
        return "Login verification";
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return Stream.concat(
                        VerificationSettings.properties().stream(),
                        RequiredActionFactory.super.getConfigMetadata().stream())
                .toList();
    }

    @Override
    public void validateConfig(KeycloakSession session, RealmModel realm, RequiredActionConfigModel model) {
        RequiredActionFactory.super.validateConfig(session, realm, model);
        VerificationSettings.validate(model);
    }
}
