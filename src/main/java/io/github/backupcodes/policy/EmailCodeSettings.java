package io.github.backupcodes.policy;

import io.github.backupcodes.challenge.VerificationCode;
import java.util.List;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.userprofile.ValidationException;
import org.keycloak.validate.ValidationError;

/** Defines all settings of the required action that sets up codes by e-mail. */
public final class EmailCodeSettings {

    /** How many digits a code has. */
    public static final NumberSetting DIGITS = number(
            "code-digits", "emailCodeSettingDigits", VerificationCode.LEAST_DIGITS, VerificationCode.MOST_DIGITS, 6);

    /** For how many minutes a code works: at most ten, by NIST SP 800-63B-4, 3.1.3.2, and OWASP ASVS 5.0, 6.5.5. */
    public static final NumberSetting MINUTES = number("code-minutes", "emailCodeSettingMinutes", 1, 10, 5);

    /** Whether the subject of the mail contains the code. */
    public static final BooleanSetting CODE_IN_SUBJECT =
            new BooleanSetting(EmailCodePolicy.REQUIRED_ACTION, "code-in-subject", "emailCodeSettingSubject", false);

    /** Set-up: how many messages can be requested from one IP address in an hour; 0 for no limit. */
    public static final NumberSetting ADDRESS_HOUR =
            number("per-address-hour", "emailCodeSettingAddressHour", 0, 10_000, 60);

    /** Set-up: how many messages the realm sends in an hour. */
    public static final NumberSetting REALM_HOUR =
            number("realm-hour", "emailCodeSettingRealmHour", 1, 1_000_000, 5_000);

    /** Sign-in: how many messages a credential gets in an hour. */
    public static final NumberSetting SIGN_IN_HOUR = number("sign-in-hour", "emailCodeSettingSignInHour", 1, 100, 10);

    /** Sign-in: how many messages a credential gets in a day. */
    public static final NumberSetting SIGN_IN_DAY = number("sign-in-day", "emailCodeSettingSignInDay", 1, 100, 20);

    /** Sign-in: how many messages the realm sends in an hour. */
    public static final NumberSetting SIGN_IN_REALM_HOUR =
            number("sign-in-realm-hour", "emailCodeSettingSignInRealmHour", 1, 1_000_000, 20_000);

    /** Whether an event is recorded for each message that was sent. */
    public static final BooleanSetting EVENTS_FOR_SENT =
            new BooleanSetting(EmailCodePolicy.REQUIRED_ACTION, "events-for-sent", "emailCodeSettingEvents", false);

    private static final List<Setting<?>> ALL = List.of(
            DIGITS,
            MINUTES,
            CODE_IN_SUBJECT,
            ADDRESS_HOUR,
            REALM_HOUR,
            SIGN_IN_HOUR,
            SIGN_IN_DAY,
            SIGN_IN_REALM_HOUR,
            EVENTS_FOR_SENT);

    private EmailCodeSettings() {}

    private static NumberSetting number(String key, String label, int min, int max, int defaultValue) {
        return new NumberSetting(EmailCodePolicy.REQUIRED_ACTION, key, label, min, max, defaultValue);
    }

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
        int hour = SIGN_IN_HOUR.read(config.getConfig());
        if (SIGN_IN_DAY.read(config.getConfig()) < hour) {
            throw new ValidationException(new ValidationError(
                    EmailCodePolicy.REQUIRED_ACTION,
                    SIGN_IN_DAY.key(),
                    "emailCodeSettingDayTooLow",
                    SIGN_IN_DAY.name(),
                    SIGN_IN_HOUR.name(),
                    hour));
        }
    }
}
