package io.github.backupcodes.policy;

import io.github.backupcodes.challenge.VerificationCode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.userprofile.ValidationException;
import org.keycloak.validate.ValidationError;

/** Defines all settings of the required action that sets up codes by text message, but those of the HTTP gateway. */
public final class SmsCodeSettings {

    /** The id of the sender of text messages; empty for none, so that nobody can set the factor up. */
    public static final TextSetting SENDER = new TextSetting(
            SmsCodePolicy.REQUIRED_ACTION, SmsCodePolicy.SENDER, "smsCodeSettingSender", "", false, 100);

    /** The countries whose numbers are allowed: there must be at least one. */
    public static final CountriesSetting COUNTRIES =
            new CountriesSetting(SmsCodePolicy.REQUIRED_ACTION, "countries", "smsCodeSettingCountries");

    /** Whether {@code *} is accepted as list of countries: it invites fraud with expensive numbers. */
    public static final BooleanSetting ALL_COUNTRIES = flag("all-countries", "smsCodeSettingAllCountries", false);

    /** Which kinds of numbers are allowed. */
    public static final EnumSetting<PhoneNumberTypes> NUMBER_TYPES = new EnumSetting<>(
            SmsCodePolicy.REQUIRED_ACTION, "number-types", "smsCodeSettingNumberTypes", PhoneNumberTypes.MOBILE);

    /** How many digits a code has. */
    public static final NumberSetting DIGITS = number(
            "code-digits", "smsCodeSettingDigits", VerificationCode.LEAST_DIGITS, VerificationCode.MOST_DIGITS, 6);

    /** For how many minutes a code works: at most ten, by NIST SP 800-63B-4, 3.1.3.2, and OWASP ASVS 5.0, 6.5.5. */
    public static final NumberSetting MINUTES = number("code-minutes", "emailCodeSettingMinutes", 1, 10, 5);

    /** Set-up: how many messages all accounts together can have sent to one number in an hour. */
    public static final NumberSetting NUMBER_HOUR = number("per-number-hour", "smsCodeSettingNumberHour", 1, 100, 2);

    /** Set-up: how many messages all accounts together can have sent to one number in a day. */
    public static final NumberSetting NUMBER_DAY = number("per-number-day", "smsCodeSettingNumberDay", 1, 100, 3);

    /** Set-up: how many messages can be requested from one IP address in an hour; 0 for no limit. */
    public static final NumberSetting ADDRESS_HOUR =
            number("per-address-hour", "smsCodeSettingAddressHour", 0, 10_000, 20);

    /** Set-up: how many messages go to one calling code in a day; 0 for no limit. */
    public static final NumberSetting CALLING_CODE_DAY =
            number("per-calling-code-day", "smsCodeSettingCallingCodeDay", 0, 1_000_000, 200);

    /** Set-up: how many messages the realm sends in an hour. */
    public static final NumberSetting REALM_HOUR = number("realm-hour", "smsCodeSettingRealmHour", 1, 1_000_000, 500);

    /** Set-up: how many messages the realm sends in a day. */
    public static final NumberSetting REALM_DAY = number("realm-day", "smsCodeSettingRealmDay", 1, 1_000_000, 5_000);

    /** Sign-in: how many messages a credential gets in an hour. */
    public static final NumberSetting SIGN_IN_HOUR = number("sign-in-hour", "smsCodeSettingSignInHour", 1, 100, 5);

    /** Sign-in: how many messages a credential gets in a day. */
    public static final NumberSetting SIGN_IN_DAY = number("sign-in-day", "smsCodeSettingSignInDay", 1, 100, 10);

    /** Sign-in: how many messages the realm sends in an hour. */
    public static final NumberSetting SIGN_IN_REALM_HOUR =
            number("sign-in-realm-hour", "smsCodeSettingSignInRealmHour", 1, 1_000_000, 5_000);

    /** Sign-in: how many messages the realm sends in a day. */
    public static final NumberSetting SIGN_IN_REALM_DAY =
            number("sign-in-realm-day", "smsCodeSettingSignInRealmDay", 1, 1_000_000, 20_000);

    /** Whether users need a verified mail address to set the factor up: mass registration is the usual way of fraud. */
    public static final BooleanSetting VERIFIED_EMAIL_FIRST =
            flag("verified-email-first", "smsCodeSettingVerifiedEmailFirst", true);

    /** Whether the old number gets a message when it is replaced. */
    public static final BooleanSetting NOTIFY_OLD_NUMBER =
            flag("notify-old-number", "smsCodeSettingNotifyOldNumber", true);

    /** After how many months without use the number has to be confirmed again; 0 for never. */
    public static final NumberSetting CONFIRM_AFTER_MONTHS =
            number("confirm-after-months", "smsCodeSettingConfirmAfterMonths", 0, 60, 12);

    /** Whether the message ends with the line by which browsers recognize the site of the code. */
    public static final BooleanSetting WEB_OTP = flag("web-otp", "smsCodeSettingWebOtp", true);

    /** Whether an event is recorded for each message that was sent. */
    public static final BooleanSetting EVENTS_FOR_SENT = flag("events-for-sent", "emailCodeSettingEvents", false);

    private static final List<Setting<?>> ALL = List.of(
            SENDER,
            COUNTRIES,
            ALL_COUNTRIES,
            NUMBER_TYPES,
            DIGITS,
            MINUTES,
            NUMBER_HOUR,
            NUMBER_DAY,
            ADDRESS_HOUR,
            CALLING_CODE_DAY,
            REALM_HOUR,
            REALM_DAY,
            SIGN_IN_HOUR,
            SIGN_IN_DAY,
            SIGN_IN_REALM_HOUR,
            SIGN_IN_REALM_DAY,
            VERIFIED_EMAIL_FIRST,
            NOTIFY_OLD_NUMBER,
            CONFIRM_AFTER_MONTHS,
            WEB_OTP,
            EVENTS_FOR_SENT);

    private static final List<Map.Entry<NumberSetting, NumberSetting>> AT_LEAST = List.of(
            Map.entry(NUMBER_DAY, NUMBER_HOUR),
            Map.entry(REALM_DAY, REALM_HOUR),
            Map.entry(SIGN_IN_DAY, SIGN_IN_HOUR),
            Map.entry(SIGN_IN_REALM_DAY, SIGN_IN_REALM_HOUR));

    private SmsCodeSettings() {}

    private static NumberSetting number(String key, String label, int min, int max, int defaultValue) {
        return new NumberSetting(SmsCodePolicy.REQUIRED_ACTION, key, label, min, max, defaultValue);
    }

    private static BooleanSetting flag(String key, String label, boolean defaultValue) {
        return new BooleanSetting(SmsCodePolicy.REQUIRED_ACTION, key, label, defaultValue);
    }

    /** The properties for the admin console, without Keycloak's own settings. */
    public static List<ProviderConfigProperty> properties() {
        return Stream.concat(ALL.stream(), HttpSmsSettings.all().stream())
                .map(Setting::property)
                .toList();
    }

    /**
     * Rejects invalid values before they are saved.
     *
     * @throws ValidationException that names the setting and its valid values
     */
    public static void validate(RequiredActionConfigModel config) {
        ALL.forEach(setting -> setting.validate(config));
        Map<String, String> values = config.getConfig();
        if (COUNTRIES.read(values).contains(CountriesSetting.ALL) && !ALL_COUNTRIES.read(values)) {
            throw new ValidationException(new ValidationError(
                    SmsCodePolicy.REQUIRED_ACTION,
                    COUNTRIES.key(),
                    "smsCodeSettingAllNotAllowed",
                    COUNTRIES.name(),
                    ALL_COUNTRIES.name()));
        }
        if (!SENDER.read(values).isEmpty() && COUNTRIES.read(values).isEmpty()) {
            throw new ValidationException(new ValidationError(
                    SmsCodePolicy.REQUIRED_ACTION, COUNTRIES.key(), "smsCodeSettingNoCountries", COUNTRIES.name()));
        }
        for (Map.Entry<NumberSetting, NumberSetting> pair : AT_LEAST) {
            int hour = pair.getValue().read(values);
            if (pair.getKey().read(values) < hour) {
                throw new ValidationException(new ValidationError(
                        SmsCodePolicy.REQUIRED_ACTION,
                        pair.getKey().key(),
                        "emailCodeSettingDayTooLow",
                        pair.getKey().name(),
                        pair.getValue().name(),
                        hour));
            }
        }
        HttpSmsSettings.validate(config);
    }
}
