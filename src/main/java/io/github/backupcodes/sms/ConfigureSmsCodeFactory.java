package io.github.backupcodes.sms;

import io.github.backupcodes.policy.SmsCodePolicy;
import io.github.backupcodes.policy.SmsCodeSettings;
import io.github.backupcodes.support.SimpleProviderFactory;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;

/** Creates the required action {@code CONFIGURE_SMS_CODE}, whose configuration is the {@link SmsCodePolicy} of the realm. */
public final class ConfigureSmsCodeFactory
        implements RequiredActionFactory, SimpleProviderFactory<RequiredActionProvider> {

    private static final ConfigureSmsCode ACTION = new ConfigureSmsCode();

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return ACTION;
    }

    @Override
    public String getId() {
        return SmsCodePolicy.REQUIRED_ACTION;
    }

    @Override
    public String getDisplayText() {
        return "Set up codes by text message";
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return Stream.concat(
                        SmsCodeSettings.properties().stream(), RequiredActionFactory.super.getConfigMetadata().stream())
                .toList();
    }

    @Override
    public void validateConfig(KeycloakSession session, RealmModel realm, RequiredActionConfigModel model) {
        RequiredActionFactory.super.validateConfig(session, realm, model);
        SmsCodeSettings.validate(model);
    }
}
