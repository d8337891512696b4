package io.github.backupcodes.sms.number;

import java.util.regex.Pattern;

/**
 * Value object: a phone number in the form of ITU-T E.164, with the country that it belongs to.
 *
 * @param e164        plus sign, calling code and national number, at most 15 digits
 * @param country     the ISO 3166 code of the country, for example {@code DE}; countries can share a calling code
 * @param callingCode the calling code of the country, with which the digits begin
 */
public record PhoneNumber(String e164, String country, int callingCode) {

    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{4,14}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final int SHOWN_DIGITS = 2;

    /**
     * Checks the form of a number, for example of one that was stored; not whether it exists.
     *
     * @throws IllegalArgumentException if the form is invalid; the message does not contain the number
     */
    public PhoneNumber {
        if (!E164.matcher(e164).matches()
                || !COUNTRY.matcher(country).matches()
                || !e164.startsWith("+" + callingCode)
                || e164.length() < ("+" + callingCode).length() + SHOWN_DIGITS) {
            throw new IllegalArgumentException("invalid phone number");
        }
    }

    /** The country alone, so that no log contains a number. */
    @Override
    public String toString() {
        return "PhoneNumber[" + country + "]";
    }
}
