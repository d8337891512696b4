package io.github.backupcodes.policy;

/** Whether users who have a second factor, but no usable backup codes, are prompted at sign-in to generate some. */
public enum SetupPromptMode implements EnumSetting.Choice {
    /** They are not prompted. */
    OFF,

    /** They are prompted, and can postpone it for {@value #REMINDER_DAYS} days. */
    OFFER,

    /** They are prompted, and cannot sign in until they have codes. */
    REQUIRE;

    /** After how many days a user who postponed it is prompted again. */
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
