package io.github.backupcodes.policy;

import io.github.backupcodes.sms.number.CallingCodes;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.validate.ValidationError;

/** A setting that lists countries by their ISO 3166 codes of two letters, or is {@link #ALL}; empty by default. */
public final class CountriesSetting extends Setting<Set<String>> {

    /** Every country. */
    public static final String ALL = "*";

    /** Creates a setting of a required action. */
    CountriesSetting(String action, String key, String label) {
        super(action, key, label, Set.of());
    }

    @Override
    Optional<Set<String>> parse(String text) {
        if (text.equals(ALL)) {
            return Optional.of(Set.of(ALL));
        }
        Set<String> known = CallingCodes.countries();
        Set<String> countries = new LinkedHashSet<>();
        Arrays.stream(text.split(",", -1))
                .map(country -> country.strip().toUpperCase(Locale.ROOT))
                .forEach(countries::add);
        return known.containsAll(countries) ? Optional.of(Set.copyOf(countries)) : Optional.empty();
    }

    @Override
    String range() {
        return "ISO 3166 codes of two letters, separated by commas, or " + ALL;
    }

    /** No country is allowed then: a list that cannot be read must not open what it should close. */
    @Override
    String fallbackDescription() {
        return "no country is allowed";
    }

    @Override
    ValidationError error() {
        return new ValidationError(action(), key(), "smsCodeSettingNoCountries", name());
    }

    @Override
    void describe(ProviderConfigProperty property) {
        property.setType(ProviderConfigProperty.STRING_TYPE);
    }
}
