package io.github.backupcodes.policy;

import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.GuessLimit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jboss.logging.Logger;
import org.keycloak.models.Constants;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.userprofile.ValidationException;
import org.keycloak.validate.ValidationError;

/** A numeric setting of the policy: its key, its range and its default stand here and nowhere else. */
public enum Setting {
    /** How many codes a new set has. */
    CODE_COUNT("code-count", "backupCodesSettingCount", 1, 50, 10),

    /** How many symbols a new code has, its check character included. */
    CODE_LENGTH(
            "code-length",
            "backupCodesSettingLength",
            CodeFormat.MIN_BASE32,
            CodeFormat.MAX_BASE32,
            CodeFormat.DEFAULT.length()),

    /** From how many codes left on the user is warned. */
    LOW_THRESHOLD("low-threshold", "backupCodesSettingLow", 0, 50, 3),

    /** How many wrong codes in a row bring a pause; 0 for no pause. At 100 the set is disabled all the same. */
    MAX_FAILURES(
            "max-failures", "backupCodesSettingFailures", 0, GuessLimit.MOST_IN_A_ROW, GuessLimit.DEFAULT.failures()),

    /** How long the pause is. */
    PAUSE_MINUTES("pause-minutes", "backupCodesSettingPause", 1, 1440, (int)
            GuessLimit.DEFAULT.pause().toMinutes()),

    /** Keycloak's own: how many seconds old a sign-in may be that makes codes. Keycloak shows and validates it. */
    MAX_AUTH_AGE(Constants.MAX_AUTH_AGE_KEY, "", 0, Integer.MAX_VALUE, Constants.KC_ACTION_MAX_AGE);

    private static final Logger LOG = Logger.getLogger(Setting.class);

    private final String key;
    private final String label;
    private final int min;
    private final int max;
    private final int defaultValue;

    Setting(String key, String label, int min, int max, int defaultValue) {
        this.key = key;
        this.label = label;
        this.min = min;
        this.max = max;
        this.defaultValue = defaultValue;
    }

    /** The settings of this extension, without Keycloak's own. */
    public static List<Setting> own() {
        return Arrays.stream(values())
                .filter(setting -> setting != MAX_AUTH_AGE)
                .toList();
    }

    /** The key in the configuration. */
    public String key() {
        return key;
    }

    /** The value in a configuration; the default where there is none, and, with a warning in the log, where it is bad. */
    int in(Map<String, String> config) {
        String value = config.get(key);
        if (value == null || value.isBlank()) {
            return defaultValue;
        }
        OptionalInt parsed = parse(value);
        if (parsed.isEmpty()) {
            LOG.warnf(
                    "%s has to be %d to %d: using %d. Correct it in the required action.", key, min, max, defaultValue);
        }
        return parsed.orElse(defaultValue);
    }

    /**
     * Refuses a bad value before it is saved.
     *
     * @throws ValidationException that names the setting and its range
     */
    public void validate(RequiredActionConfigModel config) {
        String value = config.getConfigValue(key);
        if (value != null && !value.isBlank() && parse(value).isEmpty()) {
            throw new ValidationException(
                    new ValidationError(Policy.REQUIRED_ACTION, key, "backupCodesSettingOutOfRange", key, min, max));
        }
    }

    /** How the admin console shows the setting; label and help text are message keys. */
    public ProviderConfigProperty property() {
        ProviderConfigProperty property = new ProviderConfigProperty();
        property.setName(key);
        property.setLabel(label);
        property.setHelpText(label + "Help");
        property.setType(ProviderConfigProperty.INTEGER_TYPE);
        property.setDefaultValue(defaultValue);
        return property;
    }

    private OptionalInt parse(String value) {
        try {
            int number = Integer.parseInt(value.strip());
            return number >= min && number <= max ? OptionalInt.of(number) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
