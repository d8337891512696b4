package io.github.backupcodes.policy;

/** How a user shows that new codes are kept. */
public enum SaveConfirmation implements EnumSetting.Choice {
    /** Ticks "I have saved my codes". */
    CHECKBOX,

    /** Types one of them back, which does not use it up. */
    RETYPE;

    @Override
    public String configValue() {
        return this == CHECKBOX ? "checkbox" : "retype";
    }
}
