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
 * A setting of a required action: its key, what it takes and its default stand here and nowhere else.
 *
 * @param <T> what a value of it is
 */
public abstract sealed class Setting<T>
        permits NumberSetting, EnumSetting, BooleanSetting, DateSetting, HashKeySetting {

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

    /** A setting of another required action than that of the policy. */
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

    /** What holds where nothing is configured. */
    public final T defaultValue() {
        return defaultValue;
    }

    /** The value in a configuration; the default where there is none; what is used instead, with a warning, where it is bad. */
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
     * Refuses a bad value before it is saved.
     *
     * @throws ValidationException that names the setting and what it takes
     */
    public final void validate(RequiredActionConfigModel config) {
        String text = config.getConfigValue(key);
        if (text != null && !text.isBlank() && parse(text.strip()).isEmpty()) {
            throw new ValidationException(error());
        }
    }

    /**
     * The name of the setting, as an argument of a message for the administrator: the admin console translates what is in
     * braces. Keycloak puts the key before the other arguments.
     */
    final String name() {
        return "${" + label + "}";
    }

    /** How the admin console shows the setting; label and help text are message keys. */
    public final ProviderConfigProperty property() {
        ProviderConfigProperty property = new ProviderConfigProperty();
        property.setName(key);
        property.setLabel(label);
        property.setHelpText(label + "Help");
        describe(property);
        return property;
    }

    /** The message key of what it is called. */
    final String label() {
        return label;
    }

    /** The required action that it belongs to. */
    final String action() {
        return action;
    }

    /** The value that a text stands for; nothing when it is none. */
    abstract Optional<T> parse(String text);

    /** What is taken, for the log. */
    abstract String range();

    /** What is taken, for the administrator. */
    abstract ValidationError error();

    /** Adds type and default. */
    abstract void describe(ProviderConfigProperty property);
}
