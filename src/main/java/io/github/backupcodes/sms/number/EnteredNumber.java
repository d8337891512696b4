package io.github.backupcodes.sms.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Value object: what was entered as a phone number, without separators and with the digits 0 to 9.
 *
 * @param digits        at least one
 * @param international whether a plus sign came before the digits
 */
record EnteredNumber(String digits, boolean international) {

    /** More than any writing of a number has; longer input is not read. */
    private static final int MOST_CHARACTERS = 100;

    private static final String INTERNATIONAL_PREFIX = "00";
    private static final String NATIONAL_PREFIX = "0";

    /**
     * Reads digits of any script, with a plus sign before them and separators anywhere.
     *
     * @return empty if there is anything else, such as a letter or the sign of an extension, or no digit
     */
    static Optional<EnteredNumber> read(String entered) {
        if (entered.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        StringBuilder digits = new StringBuilder();
        boolean international = false;
        for (int character : entered.codePoints().toArray()) {
            int digit = Character.isDigit(character) ? Character.digit(character, 10) : -1;
            if (digit >= 0) {
                digits.append(digit);
            } else if (isPlus(character) && digits.isEmpty() && !international) {
                international = true;
            } else if (!isSeparator(character)) {
                return Optional.empty();
            }
        }
        return digits.isEmpty() ? Optional.empty() : Optional.of(new EnteredNumber(digits.toString(), international));
    }

    /**
     * The ways to read it, the most likely one first. A number with the calling code is often entered without a plus sign: with
     * {@code 00}, which not every country dials, with a {@code 0} in front of the code, or with the code alone.
     *
     * @param callingCode that of the country that was chosen
     */
    List<EnteredNumber> readings(int callingCode) {
        List<EnteredNumber> readings = new ArrayList<>(List.of(this));
        if (!international) {
            if (digits.startsWith(INTERNATIONAL_PREFIX)) {
                readings.add(withoutPrefix(INTERNATIONAL_PREFIX));
            } else if (digits.startsWith(NATIONAL_PREFIX + callingCode)) {
                readings.add(withoutPrefix(NATIONAL_PREFIX));
            } else if (digits.startsWith(String.valueOf(callingCode))) {
                readings.add(new EnteredNumber(digits, true));
            }
        }
        return readings;
    }

    /** As it is dialled. */
    String dialled() {
        return international ? "+" + digits : digits;
    }

    private EnteredNumber withoutPrefix(String prefix) {
        return new EnteredNumber(digits.substring(prefix.length()), true);
    }

    private static boolean isPlus(int character) {
        return character == '+' || character == '\uFF0B' || character == '\uFE62';
    }

    private static boolean isSeparator(int character) {
        return switch (Character.getType(character)) {
            // spaces, dashes, and the invisible marks that pasted text brings along
            case Character.SPACE_SEPARATOR, Character.DASH_PUNCTUATION, Character.FORMAT -> true;
            default -> "\t\r\n()[].·/\u2215\u2212\uFF08\uFF09\uFF0E\uFF0F".indexOf(character) >= 0;
        };
    }

    /** Nothing of the number, so that no log contains one. */
    @Override
    public String toString() {
        return "EnteredNumber[]";
    }
}
