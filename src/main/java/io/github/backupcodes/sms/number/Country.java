package io.github.backupcodes.sms.number;

/**
 * Value object: a country in a list to choose from.
 *
 * @param code        its ISO 3166 code
 * @param name        its name in the language of the reader
 * @param callingCode the calling code, without a plus sign
 */
public record Country(String code, String name, int callingCode) {

    /** For templates. */
    public String getCode() {
        return code;
    }

    /** For templates. */
    public String getName() {
        return name;
    }

    /** For templates; text, because a template would format a number by the language. */
    public String getCallingCode() {
        return String.valueOf(callingCode);
    }
}
