package io.github.backupcodes.signin;

/** Details that this extension adds to events. None of them ever contains a code. */
public final class EventDetails {

    /** How many codes are left. */
    public static final String REMAINING = "backup_codes_remaining";

    /** Present, with the value {@code true}, if it was a temporary code. */
    public static final String TEMPORARY = "backup_codes_temporary";

    private EventDetails() {}
}
