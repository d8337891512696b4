package io.github.backupcodes.policy;

import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.GuessLimit;
import io.github.backupcodes.code.HashScheme;
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
 * @param asking            whether users with a second factor, but without codes that work, are asked to make some
 * @param notifiesByEmail   whether users get mail about their codes
 * @param acceptsRecoveryCodes whether Keycloak's own recovery codes are accepted too
 * @param hashKey           the id of the key that the hashes of new codes get; null for none
 * @param keyedHashAlone    whether the hash with that key stands alone, for codes of 112 bits or more
 * @param maxAuthAgeSeconds how old a sign-in may be that makes codes; Keycloak's own setting of the action
 */
public record Policy(
        int codeCount,
        CodeFormat format,
        @Nullable Duration lifespan,
        int lowThreshold,
        Confirmation confirmation,
        GuessLimit guessLimit,
        Asking asking,
        boolean notifiesByEmail,
        boolean acceptsRecoveryCodes,
        @Nullable String hashKey,
        boolean keyedHashAlone,
        int maxAuthAgeSeconds) {

    /** The required action that makes a set; its configuration is the policy. */
    public static final String REQUIRED_ACTION = "CONFIGURE_BACKUP_CODES";

    /** The policy of a realm; what is not configured, or badly, has its default. */
    public static Policy of(RealmModel realm) {
        return of(EnabledAction.registered(realm, REQUIRED_ACTION)
                .map(RequiredActionProviderModel::getConfig)
                .orElseGet(Map::of));
    }

    /** The policy in a configuration. */
    static Policy of(Map<String, String> config) {
        int days = Settings.EXPIRES_AFTER_DAYS.in(config);
        return new Policy(
                Settings.CODE_COUNT.in(config),
                Settings.format(config),
                days == 0 ? null : Duration.ofDays(days),
                Settings.LOW_THRESHOLD.in(config),
                Settings.CONFIRMATION.in(config),
                new GuessLimit(Settings.MAX_FAILURES.in(config), Duration.ofMinutes(Settings.PAUSE_MINUTES.in(config))),
                Settings.ASK_USERS.in(config),
                Settings.NOTIFY_BY_EMAIL.in(config),
                Settings.ACCEPT_RECOVERY_CODES.in(config),
                Settings.HASH_KEY.in(config).orElse(null),
                Settings.HASH.in(config) == HashChoice.KEYED,
                Settings.MAX_AUTH_AGE.in(config));
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
