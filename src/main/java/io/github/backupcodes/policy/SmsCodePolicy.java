package io.github.backupcodes.policy;

/** How codes by text message are sent, from the configuration of the required action. */
public final class SmsCodePolicy {

    /** The required action that sets up codes by text message; its configuration is this policy. */
    public static final String REQUIRED_ACTION = "CONFIGURE_SMS_CODE";

    /** The setting with the id of the sender of text messages. */
    public static final String SENDER = "sender";

    private SmsCodePolicy() {}
}
