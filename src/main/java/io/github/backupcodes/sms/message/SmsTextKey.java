package io.github.backupcodes.sms.message;

/** The texts of messages, by their keys in the message files. All themes have them, so a mail theme and a login theme give the same. */
public enum SmsTextKey {
    /** A code for signing in: code, site. */
    CODE("smsCodeText"),
    /** A code that confirms a new number: code, site. */
    SETUP("smsCodeTextSetup"),
    /** To the old number, after it was replaced: site. */
    NUMBER_CHANGED("smsCodeTextChanged"),
    /** A test by an administrator: site. */
    TEST("smsCodeTextTest");

    private final String key;

    SmsTextKey(String key) {
        this.key = key;
    }

    /** The key of the text, which {@link java.text.MessageFormat} formats. */
    public String key() {
        return key;
    }
}
