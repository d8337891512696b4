package io.github.backupcodes.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.validate.ValidationError;

/**
 * A setting that has one of a few values.
 *
 * @param <T> the enum of its values
 */
public final class EnumSetting<T extends Enum<T> & EnumSetting.Choice> extends Setting<T> {

    /** One of the values of such a setting. */
    public interface Choice {

        /** The value as the configuration has it. */
        String configValue();
    }

    private final T[] choices;

    EnumSetting(String key, String label, T defaultValue) {
        this(BackupCodesPolicy.REQUIRED_ACTION, key, label, defaultValue);
    }

    /** Creates a setting of a required action other than that of the policy. */
    EnumSetting(String action, String key, String label, T defaultValue) {
        super(action, key, label, defaultValue);
        this.choices = defaultValue.getDeclaringClass().getEnumConstants();
    }

    @Override
    Optional<T> parse(String text) {
        return Arrays.stream(choices)
                .filter(choice -> choice.configValue().equals(text))
                .findFirst();
    }

    @Override
    String range() {
        return String.join(" or ", words());
    }

    @Override
    ValidationError error() {
        return new ValidationError(action(), key(), "backupCodesSettingNoChoice", name(), String.join(", ", words()));
    }

    @Override
    void describe(ProviderConfigProperty property) {
        property.setType(ProviderConfigProperty.LIST_TYPE);
        property.setOptions(words());
        property.setDefaultValue(defaultValue().configValue());
    }

    private List<String> words() {
        return Stream.of(choices).map(Choice::configValue).toList();
    }
}
