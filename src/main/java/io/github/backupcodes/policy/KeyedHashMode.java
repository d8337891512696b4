package io.github.backupcodes.policy;

/** The values of the setting {@code hash}: how codes are hashed if a key is configured. */
enum KeyedHashMode implements EnumSetting.Choice {
    /** A slow hash follows the keyed hash. */
    SLOW,

    /** The keyed hash stands alone: for codes of 112 bits or more. */
    KEYED;

    @Override
    public String configValue() {
        return this == SLOW ? "slow" : "keyed";
    }
}
