package io.github.backupcodes.policy;

import io.github.backupcodes.support.RequiredActions;
import java.time.Duration;
import java.util.Map;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

/**
 * Value object: how codes by e-mail are sent, from the configuration of the required action.
 *
 * @param digits             how many digits a code has
 * @param validity           how long a code works
 * @param codeInSubject      whether the subject of the mail contains the code
 * @param setupAddressHour   set-up: messages from an IP address in an hour; 0 for no limit
 * @param setupRealmHour     set-up: messages of the realm in an hour
 * @param signInHour         sign-in: messages for a credential in an hour
 * @param signInDay          sign-in: messages for a credential in a day, at least as many as in an hour
 * @param signInRealmHour    sign-in: messages of the realm in an hour
 * @param recordsSentMessages whether an event is recorded for each message that was sent
 */
public record EmailCodePolicy(
        int digits,
        Duration validity,
        boolean codeInSubject,
        int setupAddressHour,
        int setupRealmHour,
        int signInHour,
        int signInDay,
        int signInRealmHour,
        boolean recordsSentMessages)
        implements VerificationCodePolicy {

    /** The required action that sets up codes by e-mail; its configuration is this policy. */
    public static final String REQUIRED_ACTION = "CONFIGURE_EMAIL_CODE";

    /** The policy of a realm; missing or invalid settings have their defaults. */
    public static EmailCodePolicy of(RealmModel realm) {
        return of(RequiredActions.registered(realm, REQUIRED_ACTION)
                .map(RequiredActionProviderModel::getConfig)
                .orElseGet(Map::of));
    }

    /** The policy in a configuration. */
    static EmailCodePolicy of(Map<String, String> config) {
        int signInHour = EmailCodeSettings.SIGN_IN_HOUR.read(config);
        return new EmailCodePolicy(
                EmailCodeSettings.DIGITS.read(config),
                Duration.ofMinutes(EmailCodeSettings.MINUTES.read(config)),
                EmailCodeSettings.CODE_IN_SUBJECT.read(config),
                EmailCodeSettings.ADDRESS_HOUR.read(config),
                EmailCodeSettings.REALM_HOUR.read(config),
                signInHour,
                Math.max(signInHour, EmailCodeSettings.SIGN_IN_DAY.read(config)),
                EmailCodeSettings.SIGN_IN_REALM_HOUR.read(config),
                EmailCodeSettings.EVENTS_FOR_SENT.read(config));
    }
}
