package io.github.backupcodes.policy;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.validate.ValidationError;

/** A setting that is a date in ISO 8601 ({@code 2027-03-31}), or empty. */
public final class DateSetting extends Setting<Optional<LocalDate>> {

    DateSetting(String action, String key, String label) {
        super(action, key, label, Optional.empty());
    }

    @Override
    Optional<Optional<LocalDate>> parse(String text) {
        try {
            return Optional.of(Optional.of(LocalDate.parse(text)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @Override
    String range() {
        return "a date such as 2027-03-31";
    }

    @Override
    ValidationError error() {
        return new ValidationError(action(), key(), "loginVerificationSettingNoDate", name());
    }

    @Override
    void describe(ProviderConfigProperty property) {
        property.setType(ProviderConfigProperty.STRING_TYPE);
    }
}
