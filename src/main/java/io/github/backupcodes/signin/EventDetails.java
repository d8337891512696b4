package io.github.backupcodes.signin;

/** Details of events that this extension adds. None ever holds a code. */
public final class EventDetails {

    /** How many codes are left. */
    public static final String REMAINING = "backup_codes_remaining";

    /** There, and {@code true}, when it was the code that an administrator had issued. */
    public static final String TEMPORARY = "backup_codes_temporary";

    private EventDetails() {}
}
