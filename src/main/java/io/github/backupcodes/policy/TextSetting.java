package io.github.backupcodes.policy;

import java.util.Optional;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.validate.ValidationError;

/** A setting that is a text of limited length, in one line or several. What it means is validated by its reader. */
public final class TextSetting extends Setting<String> {

    private final boolean multiLine;
    private final int maxLength;

    /** Creates a setting of a required action. */
    TextSetting(String action, String key, String label, String defaultValue, boolean multiLine, int maxLength) {
        super(action, key, label, defaultValue);
        this.multiLine = multiLine;
        this.maxLength = maxLength;
    }

    @Override
    Optional<String> parse(String text) {
        boolean fits = text.length() <= maxLength && (multiLine || text.lines().count() == 1);
        return fits ? Optional.of(text) : Optional.empty();
    }

    @Override
    String range() {
        return (multiLine ? "at most " : "one line of at most ") + maxLength + " characters";
    }

    @Override
    ValidationError error() {
        return new ValidationError(
                action(), key(), multiLine ? "smsCodeSettingTextTooLong" : "smsCodeSettingNoLine", name(), maxLength);
    }

    @Override
    void describe(ProviderConfigProperty property) {
        property.setType(multiLine ? ProviderConfigProperty.TEXT_TYPE : ProviderConfigProperty.STRING_TYPE);
        if (!defaultValue().isEmpty()) {
            property.setDefaultValue(defaultValue());
        }
    }
}
