package io.github.backupcodes.policy;

/** Whether users who have a second factor, but no backup codes that work, are asked at sign-in to make some. */
public enum SetupPromptMode implements EnumSetting.Choice {
    /** They are not. */
    OFF,

    /** They are, and may put it off for {@value #REMINDER_DAYS} days. */
    OFFER,

    /** They are, and the sign-in goes on only with codes. */
    REQUIRE;

    /** How many days a user who puts it off is left in peace. */
    public static final int REMINDER_DAYS = 14;

    @Override
    public String configValue() {
        return switch (this) {
            case OFF -> "off";
            case OFFER -> "offer";
            case REQUIRE -> "require";
        };
    }
}
