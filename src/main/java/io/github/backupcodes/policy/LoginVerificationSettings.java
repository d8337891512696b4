package io.github.backupcodes.policy;

import java.util.List;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.userprofile.ValidationException;

/** Defines all settings of the required action that turns on login verification. */
public final class LoginVerificationSettings {

    /** Whether all users without a second factor are asked, not only those who are required to turn it on. */
    public static final BooleanSetting ASK_EVERYBODY = new BooleanSetting(
            LoginVerificationPolicy.REQUIRED_ACTION, "ask-everybody", "loginVerificationSettingEverybody", false);

    /** The last day on which it can be postponed. */
    public static final DateSetting SKIPPABLE_UNTIL = new DateSetting(
            LoginVerificationPolicy.REQUIRED_ACTION, "skippable-until", "loginVerificationSettingUntil");

    /** For how many days after being asked first a user can postpone it; 0 for not at all. */
    public static final NumberSetting GRACE_DAYS = new NumberSetting(
            LoginVerificationPolicy.REQUIRED_ACTION, "grace-days", "loginVerificationSettingGrace", 0, 365, 0);

    /** After how many days a user who postponed it is asked again. */
    public static final NumberSetting REMINDER_DAYS = new NumberSetting(
            LoginVerificationPolicy.REQUIRED_ACTION, "reminder-days", "loginVerificationSettingReminder", 1, 365, 7);

    private static final List<Setting<?>> ALL = List.of(ASK_EVERYBODY, SKIPPABLE_UNTIL, GRACE_DAYS, REMINDER_DAYS);

    private LoginVerificationSettings() {}

    /** The properties for the admin console, without Keycloak's own settings. */
    public static List<ProviderConfigProperty> properties() {
        return ALL.stream().map(Setting::property).toList();
    }

    /**
     * Rejects invalid values before they are saved.
     *
     * @throws ValidationException that names the setting and its valid values
     */
    public static void validate(RequiredActionConfigModel config) {
        ALL.forEach(setting -> setting.validate(config));
    }
}
