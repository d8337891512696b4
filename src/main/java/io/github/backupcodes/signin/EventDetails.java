package io.github.backupcodes.signin;

/** Details of events that this extension adds. None ever holds a code. */
public final class EventDetails {

    /** How many codes are left. */
    public static final String REMAINING = "backup_codes_remaining";

    private EventDetails() {}
}
