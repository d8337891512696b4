package io.github.backupcodes.policy;

import java.util.Optional;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.validate.ValidationError;

/** A setting that is on or off. */
public final class BooleanSetting extends Setting<Boolean> {

    BooleanSetting(String key, String label, boolean defaultValue) {
        this(BackupCodesPolicy.REQUIRED_ACTION, key, label, defaultValue);
    }

    /** Creates a setting of a required action other than that of the policy. */
    BooleanSetting(String action, String key, String label, boolean defaultValue) {
        super(action, key, label, defaultValue);
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
        return new ValidationError(action(), key(), "backupCodesSettingNoChoice", name(), "true, false");
    }

    @Override
    void describe(ProviderConfigProperty property) {
        property.setType(ProviderConfigProperty.BOOLEAN_TYPE);
        property.setDefaultValue(defaultValue());
    }
}
