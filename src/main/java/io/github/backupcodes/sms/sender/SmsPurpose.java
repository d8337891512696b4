package io.github.backupcodes.sms.sender;

/** What a text message is for. */
public enum SmsPurpose {
    /** A code for signing in. */
    SIGN_IN("sign-in"),
    /** A code that proves, before the number is saved, that the user receives messages there. */
    SET_UP("set-up"),
    /** A notice to a number that was replaced. */
    NOTICE("notice"),
    /** A message by which an administrator tests the gateway. */
    TEST("test");

    private final String id;

    SmsPurpose(String id) {
        this.id = id;
    }

    /** The name in logs. */
    public String id() {
        return id;
    }
}
