package io.github.backupcodes.sms.number;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Value object: a number as it is stored, whose country may no longer be allowed. Only {@link #isOf} loads libphonenumber.
 *
 * @param e164 plus sign, calling code and national number
 */
public record StoredPhoneNumber(String e164) {

    private static final int SHOWN_DIGITS = 2;

    /** Without the isolation that {@link #masked} has: the calling code and the last two digits. */
    public String label() {
        OptionalInt callingCode = callingCode();
        String shown = e164.length() < SHOWN_DIGITS ? "" : e164.substring(e164.length() - SHOWN_DIGITS);
        return (callingCode.isPresent() ? "+" + callingCode.getAsInt() + ' ' : "") + "•••• " + shown;
    }

    /** The number as it is shown to somebody who knows it, isolated from the text around it, which may be read from right to left. */
    public String masked() {
        return "\u2068" + label() + "\u2069";
    }

    /** The calling code; no calling code is the beginning of another. Empty if there is none. */
    public OptionalInt callingCode() {
        return CallingCodes.countries().stream()
                .map(CallingCodes::of)
                .mapToInt(OptionalInt::orElseThrow)
                .filter(code -> e164.startsWith("+" + code))
                .findFirst();
    }

    /** Whether the calling code is that of one of the countries. */
    public boolean hasCallingCodeOf(Set<String> countries) {
        OptionalInt code = callingCode();
        return code.isPresent()
                && countries.stream().map(CallingCodes::of).anyMatch(other -> Objects.equals(other, code));
    }

    /**
     * Whether it belongs to one of the countries. Its type was checked when it was entered and is not checked again, and a number that a
     * newer numbering plan no longer has belongs to all countries of its calling code: an update of the library takes no factor from a
     * user.
     */
    public boolean isOf(Set<String> countries) {
        return NumberingPlan.isAssigned(e164)
                ? countries.stream().anyMatch(country -> NumberingPlan.isAssignedIn(country, e164))
                : hasCallingCodeOf(countries);
    }

    /** Nothing of the number, so that no log contains one. */
    @Override
    public String toString() {
        return "StoredPhoneNumber[]";
    }
}
