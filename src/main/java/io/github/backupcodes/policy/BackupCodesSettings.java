package io.github.backupcodes.policy;

import io.github.backupcodes.code.AttemptLimit;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.HashScheme;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.keycloak.models.Constants;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.userprofile.ValidationException;
import org.keycloak.validate.ValidationError;

/** All settings of the policy. */
public final class BackupCodesSettings {

    /** How many codes a new set has; 1 for a single backup code. */
    public static final NumberSetting CODE_COUNT =
            new NumberSetting("code-count", "backupCodesSettingCount", 1, CodeSet.MOST_CODES, 10);

    /** How many days a new set works; 0 for ever. */
    public static final NumberSetting EXPIRES_AFTER_DAYS =
            new NumberSetting("expires-after-days", "backupCodesSettingExpiry", 0, 3650, 0);

    /** From how many codes left on the user is warned. */
    public static final NumberSetting LOW_THRESHOLD =
            new NumberSetting("low-threshold", "backupCodesSettingLow", 0, 50, 3);

    /** How the user shows that new codes are kept. */
    public static final EnumSetting<SaveConfirmation> CONFIRMATION =
            new EnumSetting<>("confirmation", "backupCodesSettingConfirmation", SaveConfirmation.CHECKBOX);

    /** How many wrong codes in a row bring a pause; 0 for no pause. At 100 the set is disabled all the same. */
    public static final NumberSetting MAX_FAILURES = new NumberSetting(
            "max-failures",
            "backupCodesSettingFailures",
            0,
            AttemptLimit.MOST_IN_A_ROW,
            AttemptLimit.DEFAULT.failures());

    /** How many minutes the pause is long. */
    public static final NumberSetting PAUSE_MINUTES =
            new NumberSetting("pause-minutes", "backupCodesSettingPause", 1, 1440, (int)
                    AttemptLimit.DEFAULT.pause().toMinutes());

    /** Whether users with a second factor, but without codes that work, are asked to make some. */
    public static final EnumSetting<SetupPromptMode> ASK_USERS =
            new EnumSetting<>("ask-users-with-second-factor", "backupCodesSettingAsk", SetupPromptMode.OFFER);

    /** Whether users get mail about their codes. */
    public static final BooleanSetting NOTIFY_BY_EMAIL =
            new BooleanSetting("notify-by-email", "backupCodesSettingNotify", true);

    /** Whether the recovery codes that users have made with Keycloak's own action are accepted too. */
    public static final BooleanSetting ACCEPT_RECOVERY_CODES =
            new BooleanSetting("accept-recovery-codes", "backupCodesSettingRecoveryCodes", true);

    /** The id of the key that the hashes of new codes get; nothing for none. */
    public static final HashKeySetting HASH_KEY = new HashKeySetting("hash-key", "backupCodesSettingHashKey");

    /** Whether the hash with that key is before a slow one, or alone. */
    public static final EnumSetting<KeyedHashMode> HASH =
            new EnumSetting<>("hash", "backupCodesSettingHash", KeyedHashMode.SLOW);

    /** Keycloak's own: how many seconds old a sign-in may be that makes codes. Keycloak shows and validates it. */
    public static final NumberSetting MAX_AUTH_AGE =
            new NumberSetting(Constants.MAX_AUTH_AGE_KEY, "", 0, Integer.MAX_VALUE, Constants.KC_ACTION_MAX_AGE);

    /** What new codes are made of. */
    public static final EnumSetting<CodeFormatOption> CODE_FORMAT =
            new EnumSetting<>("code-format", "backupCodesSettingFormat", CodeFormatOption.BASE32);

    /** How many symbols a new code of letters and digits has. */
    public static final NumberSetting BASE32_LENGTH = new NumberSetting(
            "code-length",
            "backupCodesSettingLength",
            CodeFormat.MIN_BASE32,
            CodeFormat.MAX_BASE32,
            CodeFormat.DEFAULT.length());

    /** How many digits a new code of digits has: the same key in the configuration. */
    public static final NumberSetting DIGITS_LENGTH = new NumberSetting(
            BASE32_LENGTH.key(),
            "backupCodesSettingLength",
            CodeFormat.MIN_DIGITS,
            CodeFormat.MAX_DIGITS,
            CodeFormat.SHORT.length());

    /** The fewest bits that OWASP ASVS 5.0, 6.5.4 asks for; a single code of six digits has 19.9, as ten of seven have. */
    private static final double ASVS_BITS = 20;

    private static final Logger LOG = Logger.getLogger(BackupCodesSettings.class);

    private BackupCodesSettings() {}

    /** How the admin console shows them, those of Keycloak left out. */
    public static List<ProviderConfigProperty> properties() {
        ProviderConfigProperty length = BASE32_LENGTH.property();
        // nothing stands there at first: the usual length depends on the format
        length.setDefaultValue(null);
        return List.of(
                CODE_COUNT.property(),
                CODE_FORMAT.property(),
                length,
                EXPIRES_AFTER_DAYS.property(),
                LOW_THRESHOLD.property(),
                CONFIRMATION.property(),
                MAX_FAILURES.property(),
                PAUSE_MINUTES.property(),
                ASK_USERS.property(),
                NOTIFY_BY_EMAIL.property(),
                ACCEPT_RECOVERY_CODES.property(),
                HASH_KEY.property(),
                HASH.property());
    }

    /**
     * Refuses bad values before they are saved.
     *
     * @param hasKey whether there is a key of an id
     * @throws ValidationException that names the setting and what it takes
     */
    public static void validate(RequiredActionConfigModel config, Predicate<String> hasKey) {
        List.of(
                        CODE_COUNT,
                        CODE_FORMAT,
                        EXPIRES_AFTER_DAYS,
                        LOW_THRESHOLD,
                        CONFIRMATION,
                        MAX_FAILURES,
                        PAUSE_MINUTES,
                        ASK_USERS,
                        NOTIFY_BY_EMAIL,
                        ACCEPT_RECOVERY_CODES,
                        HASH_KEY,
                        HASH)
                .forEach(setting -> setting.validate(config));
        Map<String, String> values = config.getConfig() == null ? Map.of() : new HashMap<>(config.getConfig());
        int count = CODE_COUNT.read(values);
        CODE_FORMAT.read(values).length(count).validate(config);
        CodeFormat format = format(values);
        if (!format.isStrong(count) && MAX_FAILURES.read(values) == 0) {
            throw new ValidationException(new ValidationError(
                    BackupCodesPolicy.REQUIRED_ACTION,
                    MAX_FAILURES.key(),
                    "backupCodesSettingLimitNeeded",
                    MAX_FAILURES.name()));
        }
        validateHash(values, format, count, hasKey);
        if (format.bits(count) < ASVS_BITS) {
            LOG.warnf(
                    "New backup codes have %.1f bits, since any of a set opens: NIST SP 800-63B-4 allows that, OWASP ASVS 5.0"
                            + " (6.5.4) asks for %.0f. Set code-length to %d or more to meet both.",
                    format.bits(count), ASVS_BITS, CodeFormatOption.DIGITS.leastLength(ASVS_BITS, count));
        }
    }

    private static void validateHash(
            Map<String, String> values, CodeFormat format, int count, Predicate<String> hasKey) {
        Optional<String> key = HASH_KEY.read(values);
        if (key.isPresent() && !hasKey.test(key.get())) {
            throw new ValidationException(new ValidationError(
                    BackupCodesPolicy.REQUIRED_ACTION,
                    HASH_KEY.key(),
                    "backupCodesSettingKeyMissing",
                    HASH_KEY.name(),
                    key.get()));
        }
        if (HASH.read(values) == KeyedHashMode.KEYED && (key.isEmpty() || format.bits(count) < HashScheme.FAST_BITS)) {
            throw new ValidationException(new ValidationError(
                    BackupCodesPolicy.REQUIRED_ACTION,
                    HASH.key(),
                    "backupCodesSettingHashNeeds",
                    HASH.name(),
                    HASH_KEY.name(),
                    BASE32_LENGTH.name(),
                    CodeFormatOption.BASE32.leastLength(HashScheme.FAST_BITS, count)));
        }
    }

    /** How new codes look. */
    static CodeFormat format(Map<String, String> config) {
        CodeFormatOption option = CODE_FORMAT.read(config);
        return new CodeFormat(
                option.alphabet(), option.length(CODE_COUNT.read(config)).read(config));
    }
}
