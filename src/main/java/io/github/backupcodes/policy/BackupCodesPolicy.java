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
 * What the administrator of a realm decided, from the configuration of the required action. It is about sets to be made
 * and attempts to be taken: a set that is there keeps its format, hash and end.
 *
 * @param codeCount         codes in a new set
 * @param format            how new codes look
 * @param lifespan          how long a new set works; null for ever
 * @param lowThreshold      from this many codes left on, the user is told to make new ones
 * @param confirmation      how a user shows that new codes are kept
 * @param guessLimit        how many wrong codes bring a pause
 * @param promptMode            whether users with a second factor, but without codes that work, are asked to make some
 * @param notifiesByEmail   whether users get mail about their codes
 * @param acceptsRecoveryCodes whether Keycloak's own recovery codes are accepted too
 * @param hashKey           the id of the key that the hashes of new codes get; null for none
 * @param keyedHashAlone    whether the hash with that key stands alone, for codes of 112 bits or more
 * @param maxAuthAgeSeconds how old a sign-in may be that makes codes; Keycloak's own setting of the action
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
        @Nullable String hashKey,
        boolean keyedHashAlone,
        int maxAuthAgeSeconds) {

    /** The required action that makes a set; its configuration is the policy. */
    public static final String REQUIRED_ACTION = "CONFIGURE_BACKUP_CODES";

    /** The policy of a realm; what is not configured, or badly, has its default. */
    public static BackupCodesPolicy of(RealmModel realm) {
        return of(RequiredActions.registered(realm, REQUIRED_ACTION)
                .map(RequiredActionProviderModel::getConfig)
                .orElseGet(Map::of));
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
                BackupCodesSettings.HASH_KEY.read(config).orElse(null),
                BackupCodesSettings.HASH.read(config) == KeyedHashMode.KEYED,
                BackupCodesSettings.MAX_AUTH_AGE.read(config));
    }

    /** How a new set is hashed of so many codes that look so. */
    public HashScheme schemeFor(CodeFormat codes, int count) {
        return HashScheme.forSet(codes, count, hashKey, keyedHashAlone);
    }

    /** When a set made at some moment stops working; null for never. */
    public @Nullable Instant endOfSetMadeAt(Instant made) {
        return lifespan == null ? null : made.plus(lifespan);
    }
}
