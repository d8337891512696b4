package io.github.backupcodes.policy;

import io.github.backupcodes.code.HashKeySource;
import java.util.Optional;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.validate.ValidationError;

/**
 * A setting that is the id of a key, or empty. An invalid id is treated as a missing key, so that no codes are
 * generated. Falling back to the default (no key) would generate weaker codes than the administrator asked for.
 */
public final class HashKeySetting extends Setting<Optional<String>> {

    HashKeySetting(String key, String label) {
        super(key, label, Optional.empty());
    }

    @Override
    Optional<Optional<String>> parse(String text) {
        return HashKeySource.ID.matcher(text).matches() ? Optional.of(Optional.of(text)) : Optional.empty();
    }

    @Override
    Optional<String> fallback(String invalid) {
        return Optional.of(invalid);
    }

    @Override
    String fallbackDescription() {
        return "no codes are generated";
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
