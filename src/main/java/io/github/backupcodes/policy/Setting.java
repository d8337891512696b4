package io.github.backupcodes.policy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.userprofile.ValidationException;
import org.keycloak.validate.ValidationError;

/**
 * A setting of a required action, with its key, valid values and default, which are defined only here.
 *
 * @param <T> the type of its values
 */
public abstract sealed class Setting<T>
        permits NumberSetting,
                EnumSetting,
                BooleanSetting,
                DateSetting,
                HashKeySetting,
                HelpContactSetting,
                RankedTypesSetting,
                TextSetting {

    private static final Logger LOG = Logger.getLogger(Setting.class);

    /** Bounds the memory that an administrator can fill with invalid values. */
    private static final int MOST_WARNINGS = 1_000;

    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private final String action;
    private final String key;
    private final String label;
    private final T defaultValue;

    Setting(String key, String label, T defaultValue) {
        this(BackupCodesPolicy.REQUIRED_ACTION, key, label, defaultValue);
    }

    /** Creates a setting of a required action other than that of the policy. */
    Setting(String action, String key, String label, T defaultValue) {
        this.action = action;
        this.key = key;
        this.label = label;
        this.defaultValue = defaultValue;
    }

    /** The key in the configuration. */
    public final String key() {
        return key;
    }

    /** The value if nothing is configured. */
    public final T defaultValue() {
        return defaultValue;
    }

    /**
     * Reads the value from a configuration; the default if there is none; the fallback, with a warning, if it is
     * invalid.
     */
    final T read(Map<String, String> config) {
        String text = config.get(key);
        if (text == null || text.isBlank()) {
            return defaultValue;
        }
        Optional<T> value = parse(text.strip());
        if (value.isEmpty()) {
            warnOnce(text, "%s must be %s: %s".formatted(key, range(), fallbackDescription()));
        }
        return value.orElseGet(() -> fallback(text.strip()));
    }

    /** Only once for each value, because the policy is read in every sign-in. */
    private void warnOnce(String value, String warning) {
        if (WARNED.size() < MOST_WARNINGS && WARNED.add(action + ' ' + key + '=' + value)) {
            LOG.warnf("%s. Correct it in the required action %s.", warning, action);
        }
    }

    /** The value that replaces an invalid one that was not refused when it was saved. */
    T fallback(String bad) {
        return defaultValue;
    }

    /** What a bad value brings, for the log. */
    String fallbackDescription() {
        return "using " + defaultValue;
    }

    /**
     * Rejects an invalid value before it is saved.
     *
     * @throws ValidationException that names the setting and its valid values
     */
    public final void validate(RequiredActionConfigModel config) {
        String text = config.getConfigValue(key);
        if (text != null && !text.isBlank() && parse(text.strip()).isEmpty()) {
            throw new ValidationException(error());
        }
    }

    /**
     * Why a value is refused, for callers of the admin REST.
     *
     * @param value a value that is not blank
     * @return the end of a sentence about the setting; empty if the value is valid
     */
    public final Optional<String> fault(String value) {
        return parse(value.strip()).isPresent() ? Optional.empty() : Optional.of("must be " + range());
    }

    /**
     * The name of the setting as an argument of a message for the administrator: the admin console translates keys in
     * braces. Keycloak puts the key before the other arguments.
     */
    final String name() {
        return "${" + label + "}";
    }

    /** The property for the admin console; label and help text are message keys. */
    public final ProviderConfigProperty property() {
        ProviderConfigProperty property = new ProviderConfigProperty();
        property.setName(key);
        property.setLabel(label);
        property.setHelpText(label + "Help");
        describe(property);
        return property;
    }

    /** The message key of its label. */
    final String label() {
        return label;
    }

    /** The required action that it belongs to. */
    final String action() {
        return action;
    }

    /** Parses a value; empty if it is invalid. */
    abstract Optional<T> parse(String text);

    /** The valid values, for the log. */
    abstract String range();

    /** The valid values, for the administrator. */
    abstract ValidationError error();

    /** Adds type and default to the property. */
    abstract void describe(ProviderConfigProperty property);
}
