package io.github.backupcodes.challenge;

/** What a verification code is asked for. A code of one purpose never works for another. */
public enum ChallengePurpose {
    /** Signing in, as the second factor. */
    SIGN_IN("sign-in"),
    /** Proving, before the factor is saved, that the user receives codes. */
    SET_UP("set-up"),
    /** Choosing a new password. */
    RESET("reset");

    private final String id;

    ChallengePurpose(String id) {
        this.id = id;
    }

    /** The name in keys and in what codes are derived from. It never changes. */
    public String id() {
        return id;
    }
}
