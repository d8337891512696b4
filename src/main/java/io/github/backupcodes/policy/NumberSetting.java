package io.github.backupcodes.policy;

import java.util.Optional;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.validate.ValidationError;

/** A setting that is a whole number in a range. */
public final class NumberSetting extends Setting<Integer> {

    private final int min;
    private final int max;

    NumberSetting(String key, String label, int min, int max, int defaultValue) {
        this(BackupCodesPolicy.REQUIRED_ACTION, key, label, min, max, defaultValue);
    }

    /** Creates a setting of a required action other than that of the policy. */
    NumberSetting(String action, String key, String label, int min, int max, int defaultValue) {
        super(action, key, label, defaultValue);
        this.min = min;
        this.max = max;
    }

    /** A copy with another minimum, if it depends on another setting. */
    NumberSetting from(int newMin) {
        return new NumberSetting(action(), key(), label(), newMin, max, defaultValue());
    }

    int min() {
        return min;
    }

    int max() {
        return max;
    }

    @Override
    Optional<Integer> parse(String text) {
        try {
            int number = Integer.parseInt(text);
            return number >= min && number <= max ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    String range() {
        return min + " to " + max;
    }

    @Override
    ValidationError error() {
        return new ValidationError(action(), key(), "backupCodesSettingOutOfRange", name(), min, max);
    }

    @Override
    void describe(ProviderConfigProperty property) {
        property.setType(ProviderConfigProperty.INTEGER_TYPE);
        property.setDefaultValue(defaultValue());
    }
}
