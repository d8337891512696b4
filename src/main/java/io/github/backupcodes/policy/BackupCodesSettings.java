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

/** Defines all settings of the policy, and validates them together. */
public final class BackupCodesSettings {

    /** The number of codes in a new set; 1 for a single backup code. */
    public static final NumberSetting CODE_COUNT =
            new NumberSetting("code-count", "backupCodesSettingCount", 1, CodeSet.MOST_CODES, 10);

    /** For how many days a new set is valid; 0 for unlimited. */
    public static final NumberSetting EXPIRES_AFTER_DAYS =
            new NumberSetting("expires-after-days", "backupCodesSettingExpiry", 0, 3650, 0);

    /** If at most this many codes are left, the user is warned. */
    public static final NumberSetting LOW_THRESHOLD =
            new NumberSetting("low-threshold", "backupCodesSettingLow", 0, 50, 3);

    /** How the user confirms that new codes are saved. */
    public static final EnumSetting<SaveConfirmation> CONFIRMATION =
            new EnumSetting<>("confirmation", "backupCodesSettingConfirmation", SaveConfirmation.CHECKBOX);

    /**
     * How many failed attempts start a pause; 0 for no pause. After 100 wrong codes the set is disabled in any case.
     */
    public static final NumberSetting MAX_FAILURES = new NumberSetting(
            "max-failures",
            "backupCodesSettingFailures",
            0,
            AttemptLimit.MOST_IN_A_ROW,
            AttemptLimit.DEFAULT.failures());

    /** How many minutes the pause lasts. */
    public static final NumberSetting PAUSE_MINUTES =
            new NumberSetting("pause-minutes", "backupCodesSettingPause", 1, 1440, (int)
                    AttemptLimit.DEFAULT.pause().toMinutes());

    /** Whether users with a second factor, but without usable codes, are prompted to generate some. */
    public static final EnumSetting<SetupPromptMode> ASK_USERS =
            new EnumSetting<>("ask-users-with-second-factor", "backupCodesSettingAsk", SetupPromptMode.OFFER);

    /** Whether users get mail about their codes. */
    public static final BooleanSetting NOTIFY_BY_EMAIL =
            new BooleanSetting("notify-by-email", "backupCodesSettingNotify", true);

    /** Whether the recovery codes that users generated with Keycloak's own action are accepted too. */
    public static final BooleanSetting ACCEPT_RECOVERY_CODES =
            new BooleanSetting("accept-recovery-codes", "backupCodesSettingRecoveryCodes", true);

    /** Who helps users that cannot sign in; empty for "your administrator". */
    public static final HelpContactSetting HELP_CONTACT =
            new HelpContactSetting("help-contact", "backupCodesSettingHelpContact");

    /** The id of the key for the hashes of new codes; empty for none. */
    public static final HashKeySetting HASH_KEY = new HashKeySetting("hash-key", "backupCodesSettingHashKey");

    /** Whether a slow hash follows the keyed hash, or the keyed hash stands alone. */
    public static final EnumSetting<KeyedHashMode> HASH =
            new EnumSetting<>("hash", "backupCodesSettingHash", KeyedHashMode.SLOW);

    /**
     * Keycloak's own setting: at most how many seconds ago users must have signed in to generate codes. Keycloak shows
     * and validates it.
     */
    public static final NumberSetting MAX_AUTH_AGE =
            new NumberSetting(Constants.MAX_AUTH_AGE_KEY, "", 0, Integer.MAX_VALUE, Constants.KC_ACTION_MAX_AGE);

    /** Whether new codes consist of base32 symbols or of digits. */
    public static final EnumSetting<CodeFormatOption> CODE_FORMAT =
            new EnumSetting<>("code-format", "backupCodesSettingFormat", CodeFormatOption.BASE32);

    /** The number of symbols of a new base32 code. */
    public static final NumberSetting BASE32_LENGTH = new NumberSetting(
            "code-length",
            "backupCodesSettingLength",
            CodeFormat.MIN_BASE32,
            CodeFormat.MAX_BASE32,
            CodeFormat.DEFAULT.length());

    /** The number of digits of a new decimal code: the same key in the configuration. */
    public static final NumberSetting DIGITS_LENGTH = new NumberSetting(
            BASE32_LENGTH.key(),
            "backupCodesSettingLength",
            CodeFormat.MIN_DIGITS,
            CodeFormat.MAX_DIGITS,
            CodeFormat.SHORT.length());

    /**
     * The minimum bits that OWASP ASVS 5.0, 6.5.4 requires; a single code of six digits has 19.9, as have ten of seven
     * digits.
     */
    private static final double ASVS_BITS = 20;

    private static final Logger LOG = Logger.getLogger(BackupCodesSettings.class);

    private BackupCodesSettings() {}

    /** The properties for the admin console, without Keycloak's own settings. */
    public static List<ProviderConfigProperty> properties() {
        ProviderConfigProperty length = BASE32_LENGTH.property();
        // no default is shown, because it depends on the format
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
                HELP_CONTACT.property(),
                HASH_KEY.property(),
                HASH.property());
    }

    /**
     * Rejects invalid values before they are saved.
     *
     * @param hasKey whether there is a key with a given id
     * @throws ValidationException that names the setting and its valid values
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
                        HELP_CONTACT,
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
        validateLowThreshold(values, count);
        validateHash(values, format, count, hasKey);
        if (format.bits(count) < ASVS_BITS) {
            LOG.warnf(
                    "New backup codes have %.1f bits, because any code of a set is accepted: NIST SP 800-63B-4 allows that,"
                            + " OWASP ASVS 5.0 (6.5.4) requires %.0f. Set code-length to %d or more to meet both.",
                    format.bits(count), ASVS_BITS, CodeFormatOption.DIGITS.minLength(ASVS_BITS, count));
        }
    }

    /**
     * Rejects a threshold that every used code would reach: such a warning means nothing. A missing threshold is the default, which
     * must not keep anyone from small sets, and a stored one works as before.
     */
    private static void validateLowThreshold(Map<String, String> values, int count) {
        String text = values.get(LOW_THRESHOLD.key());
        if (text != null && !text.isBlank() && LOW_THRESHOLD.read(values) >= count) {
            throw new ValidationException(new ValidationError(
                    BackupCodesPolicy.REQUIRED_ACTION,
                    LOW_THRESHOLD.key(),
                    "backupCodesSettingLowTooHigh",
                    LOW_THRESHOLD.name(),
                    CODE_COUNT.name(),
                    count));
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
                    CodeFormatOption.BASE32.minLength(HashScheme.FAST_BITS, count)));
        }
    }

    /** The format of new codes. */
    static CodeFormat format(Map<String, String> config) {
        CodeFormatOption option = CODE_FORMAT.read(config);
        return new CodeFormat(
                option.alphabet(), option.length(CODE_COUNT.read(config)).read(config));
    }
}
