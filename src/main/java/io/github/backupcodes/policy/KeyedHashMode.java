package io.github.backupcodes.policy;

/** How codes are hashed where there is a key. */
enum KeyedHashMode implements EnumSetting.Choice {
    /** By a slow hash, behind the keyed one. */
    SLOW,

    /** By the keyed one alone: for codes of 112 bits and more. */
    KEYED;

    @Override
    public String configValue() {
        return this == SLOW ? "slow" : "keyed";
    }
}
