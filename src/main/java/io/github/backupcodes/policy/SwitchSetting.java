package io.github.backupcodes.policy;

import java.util.Optional;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.validate.ValidationError;

/** A setting that is on or off. */
public final class SwitchSetting extends Setting<Boolean> {

    SwitchSetting(String key, String label, boolean defaultValue) {
        super(key, label, defaultValue);
    }

    @Override
    Optional<Boolean> parse(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    @Override
    String range() {
        return "true or false";
    }

    @Override
    ValidationError error() {
        return new ValidationError(Policy.REQUIRED_ACTION, key(), "backupCodesSettingNoChoice", name(), "true, false");
    }

    @Override
    void describe(ProviderConfigProperty property) {
        property.setType(ProviderConfigProperty.BOOLEAN_TYPE);
        property.setDefaultValue(defaultValue());
    }
}
