package io.github.backupcodes.enrollment;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.CodeFormat;
import java.util.OptionalInt;

/**
 * The template model of the form below new codes, even if these are not shown again. Public, with getters, because
 * FreeMarker reads it.
 */
public final class NewCodesFormBean {

    private final String shownOn;
    private final OptionalInt number;
    private final CodeFormat format;
    private final boolean optional;
    private final boolean invited;
    private final boolean logoutOffered;

    NewCodesFormBean(
            String shownOn,
            OptionalInt number,
            CodeFormat format,
            boolean optional,
            boolean invited,
            boolean logoutOffered) {
        this.shownOn = shownOn;
        this.number = number;
        this.format = format;
        this.optional = optional;
        this.invited = invited;
        this.logoutOffered = logoutOffered;
    }

    /** The id of the page that showed the codes; it is submitted with the form. */
    public String getShownOn() {
        return shownOn;
    }

    /** Whether the user retypes a code instead of selecting a checkbox. */
    public boolean isTypedBack() {
        return number.isPresent();
    }

    /** The number of the code to retype, from 1; 0 for none. */
    public int getNumber() {
        return number.orElse(0);
    }

    /** The number of symbols of a code. */
    public int getLength() {
        return format.length();
    }

    /** Whether the symbols are digits. */
    public boolean isDigits() {
        return format.alphabet() == Alphabet.DIGITS;
    }

    /** Whether the user came here by choice, after using a code, and may continue with the old codes. */
    public boolean isOptional() {
        return optional;
    }

    /** Whether the user was prompted to generate codes, and may postpone it. */
    public boolean isInvited() {
        return invited;
    }

    /** Whether the page asks whether to sign out from other devices: not if another page of this sign-in has asked. */
    public boolean isLogoutOffered() {
        return logoutOffered;
    }
}
