package io.github.backupcodes.policy;

import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.validate.ValidationError;

/** A setting that is a short name of small letters, digits and dashes, or nothing. */
public final class NameSetting extends Setting<Optional<String>> {

    // no underscore: Keycloak doubles it in the names of the entries of its vault
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    NameSetting(String key, String label) {
        super(key, label, Optional.empty());
    }

    @Override
    Optional<Optional<String>> parse(String text) {
        return NAME.matcher(text).matches() ? Optional.of(Optional.of(text)) : Optional.empty();
    }

    @Override
    String range() {
        return "1 to 32 of a-z and 0-9 and -";
    }

    @Override
    ValidationError error() {
        return new ValidationError(action(), key(), "backupCodesSettingNoName", name());
    }

    @Override
    void describe(ProviderConfigProperty property) {
        property.setType(ProviderConfigProperty.STRING_TYPE);
    }
}
