package io.github.backupcodes.enrollment;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.CodeFormat;
import java.util.OptionalInt;

/** What the form below new codes knows, also where these are not shown again. Public, with getters: FreeMarker reads it. */
public final class NewCodesFormBean {

    private final String shownOn;
    private final OptionalInt number;
    private final CodeFormat format;
    private final boolean optional;
    private final boolean invited;

    NewCodesFormBean(String shownOn, OptionalInt number, CodeFormat format, boolean optional, boolean invited) {
        this.shownOn = shownOn;
        this.number = number;
        this.format = format;
        this.optional = optional;
        this.invited = invited;
    }

    /** The name of the page that showed the codes; it goes back with the form. */
    public String getShownOn() {
        return shownOn;
    }

    /** Whether a code is typed back, in place of a ticked box. */
    public boolean isTypedBack() {
        return number.isPresent();
    }

    /** The number of the code to type back, from 1; 0 for none. */
    public int getNumber() {
        return number.orElse(0);
    }

    /** How many symbols a code has. */
    public int getLength() {
        return format.length();
    }

    /** Whether the symbols are digits. */
    public boolean isDigits() {
        return format.alphabet() == Alphabet.DIGITS;
    }

    /** Whether the user came here by choice, after using a code, and may go on with the old codes. */
    public boolean isOptional() {
        return optional;
    }

    /** Whether the user was asked to make codes, and may put it off. */
    public boolean isInvited() {
        return invited;
    }
}
