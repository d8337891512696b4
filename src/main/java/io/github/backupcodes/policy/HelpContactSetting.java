package io.github.backupcodes.policy;

import java.util.Optional;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.validate.ValidationError;

/** A setting that is the contact for users who cannot sign in, or empty. */
public final class HelpContactSetting extends Setting<Optional<HelpContact>> {

    HelpContactSetting(String key, String label) {
        super(key, label, Optional.empty());
    }

    @Override
    @SuppressWarnings("OptionalMapToOptional") // the inner one is the value of the setting
    Optional<Optional<HelpContact>> parse(String text) {
        return HelpContact.parse(text).map(Optional::of);
    }

    @Override
    String range() {
        return "one line of at most " + HelpContact.MAX_LENGTH + " visible characters";
    }

    @Override
    ValidationError error() {
        return new ValidationError(action(), key(), "backupCodesSettingInvalidContact", name(), HelpContact.MAX_LENGTH);
    }

    @Override
    void describe(ProviderConfigProperty property) {
        property.setType(ProviderConfigProperty.STRING_TYPE);
    }
}
