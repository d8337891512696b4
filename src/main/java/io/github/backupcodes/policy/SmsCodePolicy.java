package io.github.backupcodes.policy;

import io.github.backupcodes.sms.number.CallingCodes;
import io.github.backupcodes.sms.number.PhoneNumberRules;
import io.github.backupcodes.support.RequiredActions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

/**
 * Value object: how codes by text message are sent, from the configuration of the required action.
 *
 * @param sender              the id of the sender of messages; empty for none
 * @param countries           the countries whose numbers are allowed, by their ISO 3166 codes; empty if no number is
 * @param numberTypes         which kinds of numbers are allowed
 * @param digits              how many digits a code has
 * @param validity            how long a code works
 * @param numberHour          set-up: messages to a number in an hour, for all accounts
 * @param numberDay           set-up: messages to a number in a day, at least as many as in an hour
 * @param setupAddressHour    set-up: messages from an IP address in an hour; 0 for no limit
 * @param callingCodeDay      set-up: messages to a calling code in a day; 0 for no limit
 * @param setupRealmHour      set-up: messages of the realm in an hour
 * @param setupRealmDay       set-up: messages of the realm in a day, at least as many as in an hour
 * @param signInHour          sign-in: messages for a credential in an hour
 * @param signInDay           sign-in: messages for a credential in a day, at least as many as in an hour
 * @param signInRealmHour     sign-in: messages of the realm in an hour
 * @param signInRealmDay      sign-in: messages of the realm in a day, at least as many as in an hour
 * @param verifiedEmailFirst  whether users need a verified mail address to set the factor up
 * @param notifiesOldNumber   whether a number gets a message when it is replaced
 * @param confirmAfterMonths  after how many months without use a number has to be confirmed again; 0 for never
 * @param webOtp              whether the message ends with the line by which browsers recognize the site
 * @param recordsSentMessages whether an event is recorded for each message that was sent
 */
public record SmsCodePolicy(
        String sender,
        Set<String> countries,
        PhoneNumberTypes numberTypes,
        int digits,
        Duration validity,
        int numberHour,
        int numberDay,
        int setupAddressHour,
        int callingCodeDay,
        int setupRealmHour,
        int setupRealmDay,
        int signInHour,
        int signInDay,
        int signInRealmHour,
        int signInRealmDay,
        boolean verifiedEmailFirst,
        boolean notifiesOldNumber,
        int confirmAfterMonths,
        boolean webOtp,
        boolean recordsSentMessages)
        implements VerificationCodePolicy {

    /** The required action that sets up codes by text message; its configuration is this policy. */
    public static final String REQUIRED_ACTION = "CONFIGURE_SMS_CODE";

    /** The setting with the id of the sender of text messages. */
    public static final String SENDER = "sender";

    /** Copies the set. */
    public SmsCodePolicy {
        countries = Set.copyOf(countries);
    }

    /** The policy of a realm; missing or invalid settings have their defaults. */
    public static SmsCodePolicy of(RealmModel realm) {
        return of(RequiredActions.registered(realm, REQUIRED_ACTION)
                .map(RequiredActionProviderModel::getConfig)
                .orElseGet(Map::of));
    }

    /**
     * Which numbers are allowed.
     *
     * @throws IllegalArgumentException if no country is
     */
    public PhoneNumberRules numberRules() {
        return new PhoneNumberRules(countries, numberTypes == PhoneNumberTypes.MOBILE_OR_UNKNOWN);
    }

    /** The policy in a configuration. */
    static SmsCodePolicy of(Map<String, String> config) {
        Set<String> countries = SmsCodeSettings.COUNTRIES.read(config);
        boolean all = countries.contains(CountriesSetting.ALL);
        int numberHour = SmsCodeSettings.NUMBER_HOUR.read(config);
        int realmHour = SmsCodeSettings.REALM_HOUR.read(config);
        int signInHour = SmsCodeSettings.SIGN_IN_HOUR.read(config);
        int signInRealmHour = SmsCodeSettings.SIGN_IN_REALM_HOUR.read(config);
        return new SmsCodePolicy(
                SmsCodeSettings.SENDER.read(config),
                all ? allCountries(config) : countries,
                SmsCodeSettings.NUMBER_TYPES.read(config),
                SmsCodeSettings.DIGITS.read(config),
                Duration.ofMinutes(SmsCodeSettings.MINUTES.read(config)),
                numberHour,
                Math.max(numberHour, SmsCodeSettings.NUMBER_DAY.read(config)),
                SmsCodeSettings.ADDRESS_HOUR.read(config),
                SmsCodeSettings.CALLING_CODE_DAY.read(config),
                realmHour,
                Math.max(realmHour, SmsCodeSettings.REALM_DAY.read(config)),
                signInHour,
                Math.max(signInHour, SmsCodeSettings.SIGN_IN_DAY.read(config)),
                signInRealmHour,
                Math.max(signInRealmHour, SmsCodeSettings.SIGN_IN_REALM_DAY.read(config)),
                SmsCodeSettings.VERIFIED_EMAIL_FIRST.read(config),
                SmsCodeSettings.NOTIFY_OLD_NUMBER.read(config),
                SmsCodeSettings.CONFIRM_AFTER_MONTHS.read(config),
                SmsCodeSettings.WEB_OTP.read(config),
                SmsCodeSettings.EVENTS_FOR_SENT.read(config));
    }

    private static Set<String> allCountries(Map<String, String> config) {
        return SmsCodeSettings.ALL_COUNTRIES.read(config) ? CallingCodes.countries() : Set.of();
    }
}
