package io.github.backupcodes.policy;

/** Which second factor users must have so that they are not asked for one. */
public enum RequestedFactorRank implements EnumSetting.Choice {
    /** Any second factor. */
    ANY,

    /** A strong one: codes by e-mail or text message are not enough. */
    STRONG;

    @Override
    public String configValue() {
        return switch (this) {
            case ANY -> "any";
            case STRONG -> "strong";
        };
    }
}
