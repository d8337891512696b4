package io.github.backupcodes.policy;

import io.github.backupcodes.code.FactorRank;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.validate.ValidationError;

/** A setting that lists the credential types of other extensions that rank below the strong ones. */
public final class RankedTypesSetting extends Setting<Map<String, FactorRank>> {

    private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,63})(:weak)?");
    private static final int MOST_TYPES = 50;

    /** Creates the setting with its default. */
    RankedTypesSetting(String action, String key, String label, Map<String, FactorRank> defaultValue) {
        super(action, key, label, Map.copyOf(defaultValue));
    }

    @Override
    Optional<Map<String, FactorRank>> parse(String text) {
        Map<String, FactorRank> ranks = new LinkedHashMap<>();
        for (String entry : text.split(",", -1)) {
            Matcher type = ENTRY.matcher(entry.strip());
            if (!type.matches()) {
                return Optional.empty();
            }
            ranks.put(type.group(1), type.group(2) == null ? FactorRank.RESTRICTED : FactorRank.WEAK);
        }
        return ranks.size() > MOST_TYPES ? Optional.empty() : Optional.of(Map.copyOf(ranks));
    }

    @Override
    String range() {
        return "credential types, separated by commas, each with :weak or without";
    }

    @Override
    ValidationError error() {
        return new ValidationError(action(), key(), "loginVerificationSettingNoTypes", name());
    }

    @Override
    void describe(ProviderConfigProperty property) {
        property.setType(ProviderConfigProperty.STRING_TYPE);
        property.setDefaultValue(text());
    }

    private String text() {
        return new TreeMap<>(defaultValue())
                .entrySet().stream()
                        .map(type -> type.getValue() == FactorRank.WEAK ? type.getKey() + ":weak" : type.getKey())
                        .collect(Collectors.joining(", "));
    }
}
