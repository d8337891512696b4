package io.github.backupcodes.policy;

/** Which numbers codes by text message may be sent to. */
public enum PhoneNumberTypes implements EnumSetting.Choice {
    /** Numbers that are mobile by their digits. */
    MOBILE("mobile"),
    /** Also those that may be mobile: in some countries, like the United States, the digits do not say it. */
    MOBILE_OR_UNKNOWN("mobile-or-unknown");

    private final String configValue;

    PhoneNumberTypes(String configValue) {
        this.configValue = configValue;
    }

    @Override
    public String configValue() {
        return configValue;
    }
}
