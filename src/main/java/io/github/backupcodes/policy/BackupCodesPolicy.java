package io.github.backupcodes.policy;

import io.github.backupcodes.code.AttemptLimit;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.HashScheme;
import io.github.backupcodes.support.RequiredActions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

/**
 * Value object: what the administrator of a realm configured in the required action. It applies to new sets and to
 * attempts: an existing set keeps its format, hash and expiry.
 *
 * @param codeCount            the number of codes in a new set
 * @param format               the format of new codes
 * @param lifespan             how long a new set is valid; null for unlimited
 * @param lowThreshold         if at most this many codes are left, the user is prompted to generate new ones
 * @param confirmation         how a user confirms that new codes are saved
 * @param guessLimit           how many failed attempts start a pause
 * @param promptMode           whether users with a second factor, but without usable codes, are prompted to generate
 *     some
 * @param notifiesByEmail      whether users get mail about their codes
 * @param acceptsRecoveryCodes whether Keycloak's own recovery codes are accepted too
 * @param helpContact          who helps users that cannot sign in; null for "your administrator"
 * @param hashKey              the id of the key for the hashes of new codes; null for none
 * @param keyedHashAlone       whether the keyed hash stands alone, for codes of 112 bits or more
 * @param maxAuthAgeSeconds    how long ago users may have signed in to generate codes; Keycloak's own setting of the
 *     action
 */
public record BackupCodesPolicy(
        int codeCount,
        CodeFormat format,
        @Nullable Duration lifespan,
        int lowThreshold,
        SaveConfirmation confirmation,
        AttemptLimit guessLimit,
        SetupPromptMode promptMode,
        boolean notifiesByEmail,
        boolean acceptsRecoveryCodes,
        @Nullable HelpContact helpContact,
        @Nullable String hashKey,
        boolean keyedHashAlone,
        int maxAuthAgeSeconds) {

    /** The required action that generates a set; its configuration is the policy. */
    public static final String REQUIRED_ACTION = "CONFIGURE_BACKUP_CODES";

    /** The policy of a realm; missing or invalid settings have their defaults. */
    public static BackupCodesPolicy of(RealmModel realm) {
        return of(configuration(realm, REQUIRED_ACTION));
    }

    /**
     * How long ago users may have signed in for any action: Keycloak's own setting of each.
     *
     * @param action the id of the action's provider
     */
    public static int maxAuthAgeSeconds(RealmModel realm, String action) {
        return BackupCodesSettings.MAX_AUTH_AGE.read(configuration(realm, action));
    }

    private static Map<String, String> configuration(RealmModel realm, String action) {
        return RequiredActions.registered(realm, action)
                .map(RequiredActionProviderModel::getConfig)
                .orElseGet(Map::of);
    }

    /** The policy in a configuration. */
    static BackupCodesPolicy of(Map<String, String> config) {
        int days = BackupCodesSettings.EXPIRES_AFTER_DAYS.read(config);
        return new BackupCodesPolicy(
                BackupCodesSettings.CODE_COUNT.read(config),
                BackupCodesSettings.format(config),
                days == 0 ? null : Duration.ofDays(days),
                BackupCodesSettings.LOW_THRESHOLD.read(config),
                BackupCodesSettings.CONFIRMATION.read(config),
                new AttemptLimit(
                        BackupCodesSettings.MAX_FAILURES.read(config),
                        Duration.ofMinutes(BackupCodesSettings.PAUSE_MINUTES.read(config))),
                BackupCodesSettings.ASK_USERS.read(config),
                BackupCodesSettings.NOTIFY_BY_EMAIL.read(config),
                BackupCodesSettings.ACCEPT_RECOVERY_CODES.read(config),
                BackupCodesSettings.HELP_CONTACT.read(config).orElse(null),
                BackupCodesSettings.HASH_KEY.read(config).orElse(null),
                BackupCodesSettings.HASH.read(config) == KeyedHashMode.KEYED,
                BackupCodesSettings.MAX_AUTH_AGE.read(config));
    }

    /** The hash scheme of a new set with this format and number of codes. */
    public HashScheme schemeFor(CodeFormat codeFormat, int count) {
        return HashScheme.forSet(codeFormat, count, hashKey, keyedHashAlone);
    }

    /** When a set created at the given moment expires; null for never. */
    public @Nullable Instant endOfSetMadeAt(Instant createdAt) {
        return lifespan == null ? null : createdAt.plus(lifespan);
    }
}
