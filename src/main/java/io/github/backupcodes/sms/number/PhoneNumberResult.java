package io.github.backupcodes.sms.number;

/** The result of reading an entered phone number. */
public sealed interface PhoneNumberResult {

    /**
     * A number to which messages may be sent.
     *
     * @param number in the form in which it is stored and shown back
     */
    record Accepted(PhoneNumber number) implements PhoneNumberResult {}

    /** Why a number is refused. No reason depends on other accounts. */
    enum Refused implements PhoneNumberResult {
        /** No number of any country, or something besides the digits, such as an extension or letters. */
        INVALID,
        /** A valid number of a country that is not allowed. */
        COUNTRY_NOT_ALLOWED,
        /** A valid number of an allowed country, but no mobile number, or not known to be one. */
        NOT_MOBILE
    }
}
