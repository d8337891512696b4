package io.github.backupcodes.policy;

import io.github.backupcodes.code.FactorRank;
import java.util.List;
import java.util.Map;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.userprofile.ValidationException;

/** Defines all settings of the required action that turns on login verification. */
public final class LoginVerificationSettings {

    /** Whether all users without a second factor are asked, not only those who are required to turn it on. */
    public static final BooleanSetting ASK_EVERYBODY = new BooleanSetting(
            LoginVerificationPolicy.REQUIRED_ACTION, "ask-everybody", "loginVerificationSettingEverybody", false);

    /** The last day on which it can be postponed. */
    public static final DateSetting SKIPPABLE_UNTIL = new DateSetting(
            LoginVerificationPolicy.REQUIRED_ACTION, "skippable-until", "loginVerificationSettingUntil");

    /** For how many days after being asked first a user can postpone it; 0 for not at all. */
    public static final NumberSetting GRACE_DAYS = new NumberSetting(
            LoginVerificationPolicy.REQUIRED_ACTION, "grace-days", "loginVerificationSettingGrace", 0, 365, 0);

    /** After how many days a user who postponed it is asked again. */
    public static final NumberSetting REMINDER_DAYS = new NumberSetting(
            LoginVerificationPolicy.REQUIRED_ACTION, "reminder-days", "loginVerificationSettingReminder", 1, 365, 7);

    /** Whether users without a second factor are asked, or also those who have no strong one. */
    public static final EnumSetting<RequestedFactorRank> ASK_EVERYBODY_FOR = new EnumSetting<>(
            LoginVerificationPolicy.REQUIRED_ACTION,
            "ask-everybody-for",
            "loginVerificationSettingAskFor",
            RequestedFactorRank.ANY);

    /** Whether a sign-in by a weaker factor than the best that its user has brings codes and other factors. */
    public static final BooleanSetting WEAKER_FACTORS_MAKE_CODES = new BooleanSetting(
            LoginVerificationPolicy.REQUIRED_ACTION,
            "weaker-factors-make-codes",
            "loginVerificationSettingWeakerMake",
            false);

    /** Whether a weaker factor is offered at sign-in to users who have a stronger one. */
    public static final BooleanSetting WEAKER_BESIDE_STRONGER = new BooleanSetting(
            LoginVerificationPolicy.REQUIRED_ACTION,
            "weaker-beside-stronger",
            "loginVerificationSettingWeakerBeside",
            false);

    /** The credential types of other extensions that send codes. */
    public static final RankedTypesSetting RESTRICTED_TYPES = new RankedTypesSetting(
            LoginVerificationPolicy.REQUIRED_ACTION,
            "restricted-types",
            "loginVerificationSettingRestricted",
            Map.of(
                    "mobile-number", FactorRank.RESTRICTED,
                    "email-otp", FactorRank.WEAK,
                    "email-authenticator-credential", FactorRank.WEAK));

    /** For how many hours a factor that was added after a weaker sign-in counts as that sign-in. */
    public static final NumberSetting NEW_FACTOR_HOURS = new NumberSetting(
            LoginVerificationPolicy.REQUIRED_ACTION,
            "new-factor-hours",
            "loginVerificationSettingNewFactor",
            0,
            720,
            24);

    private static final List<Setting<?>> ALL = List.of(
            ASK_EVERYBODY,
            ASK_EVERYBODY_FOR,
            SKIPPABLE_UNTIL,
            GRACE_DAYS,
            REMINDER_DAYS,
            WEAKER_FACTORS_MAKE_CODES,
            WEAKER_BESIDE_STRONGER,
            RESTRICTED_TYPES,
            NEW_FACTOR_HOURS);

    private LoginVerificationSettings() {}

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
    }
}
