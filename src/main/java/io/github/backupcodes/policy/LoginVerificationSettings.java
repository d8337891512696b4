package io.github.backupcodes.policy;

import java.util.List;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.userprofile.ValidationException;

/** All settings of the required action that turns login verification on. */
public final class LoginVerificationSettings {

    /** Whether everybody without a second factor is asked, not only those of whom it is required. */
    public static final BooleanSetting ASK_EVERYBODY = new BooleanSetting(
            LoginVerificationPolicy.REQUIRED_ACTION, "ask-everybody", "loginVerificationSettingEverybody", false);

    /** The last day on which it can be put off. */
    public static final DateSetting SKIPPABLE_UNTIL = new DateSetting(
            LoginVerificationPolicy.REQUIRED_ACTION, "skippable-until", "loginVerificationSettingUntil");

    /** For how many days a user who was asked for the first time can put it off; 0 for not at all. */
    public static final NumberSetting GRACE_DAYS = new NumberSetting(
            LoginVerificationPolicy.REQUIRED_ACTION, "grace-days", "loginVerificationSettingGrace", 0, 365, 0);

    /** After how many days a user who has put it off is asked again. */
    public static final NumberSetting REMINDER_DAYS = new NumberSetting(
            LoginVerificationPolicy.REQUIRED_ACTION, "reminder-days", "loginVerificationSettingReminder", 1, 365, 7);

    private static final List<Setting<?>> ALL = List.of(ASK_EVERYBODY, SKIPPABLE_UNTIL, GRACE_DAYS, REMINDER_DAYS);

    private LoginVerificationSettings() {}

    /** How the admin console shows them, those of Keycloak left out. */
    public static List<ProviderConfigProperty> properties() {
        return ALL.stream().map(Setting::property).toList();
    }

    /**
     * Refuses bad values before they are saved.
     *
     * @throws ValidationException that names the setting and what it takes
     */
    public static void validate(RequiredActionConfigModel config) {
        ALL.forEach(setting -> setting.validate(config));
    }
}
