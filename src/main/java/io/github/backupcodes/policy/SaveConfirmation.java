package io.github.backupcodes.policy;

/** The values of the setting {@code confirmation}: how a user confirms that new codes are saved. */
public enum SaveConfirmation implements EnumSetting.Choice {
    /** The user selects the checkbox "I have saved my codes". */
    CHECKBOX,

    /** The user types one of them, which does not use it up. */
    RETYPE;

    @Override
    public String configValue() {
        return this == CHECKBOX ? "checkbox" : "retype";
    }
}
