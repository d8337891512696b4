package io.github.backupcodes.policy;

/** One of the values of a {@link EnumSetting}. */
public interface Choice {

    /** The word for it in the configuration. */
    String configValue();
}
