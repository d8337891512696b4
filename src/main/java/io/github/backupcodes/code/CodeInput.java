package io.github.backupcodes.code;

import java.text.Normalizer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Normalizes what users type or paste as a code: removes quotes around it and its number on the list, and maps symbols
 * of keyboards of other scripts. One input never yields two codes: a number is removed only if its dot or bracket,
 * which no code contains, would make the input invalid, and only if the rest has the format of a code.
 */
public final class CodeInput {

    /** Longer input is refused unread: 32 symbols with a separator between any two of them, with room to spare. */
    private static final int MAX_LENGTH = 128;

    /** The number of a code on a list of at most fifty codes. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,2}[.)]");

    private CodeInput() {}

    /**
     * The text in ASCII as far as possible: full-width and other compatibility forms become the letters and digits that
     * they stand for, and the decimal digits of every script become 0 to 9.
     *
     * @param typed the raw input
     * @return text that can be compared with ASCII letters and digits
     */
    public static String normalized(String typed) {
        StringBuilder plain = new StringBuilder(typed.length());
        Normalizer.normalize(typed, Normalizer.Form.NFKC)
                .codePoints()
                .map(CodeInput::asciiDigit)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /**
     * Parses the input with the parser of a format; removes a leading list number only if the input is no code
     * otherwise.
     */
    static ParsedCode parse(String typed, Function<String, ParsedCode> parser) {
        if (typed.length() > MAX_LENGTH) {
            return ParsedCode.Malformed.LENGTH;
        }
        String plain = trim(normalized(typed));
        ParsedCode whole = parser.apply(plain);
        Matcher number = NUMBER.matcher(plain);
        if (whole.isWellFormed() || !number.lookingAt()) {
            return whole;
        }
        ParsedCode withoutNumber = parser.apply(trim(plain.substring(number.end())));
        return withoutNumber.isWellFormed() ? withoutNumber : whole;
    }

    /** The input without separators and surrounding quotes. Input that is too long to be a code is not normalized. */
    public static String symbols(String typed) {
        String plain = typed.length() > MAX_LENGTH ? typed : trim(normalized(typed));
        return plain.codePoints()
                .filter(character -> character > Character.MAX_VALUE || !CodeSeparators.isSeparator((char) character))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int asciiDigit(int character) {
        return Character.getType(character) == Character.DECIMAL_DIGIT_NUMBER
                ? '0' + Character.digit(character, 10)
                : character;
    }

    /** The text without the quotes and separators around it. */
    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSurroundingCharacter(text.charAt(start))) {
            start++;
        }
        while (end > start && isSurroundingCharacter(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSurroundingCharacter(char character) {
        return switch (Character.getType(character)) {
            case Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION -> true;
            // Unicode counts the low and the East Asian quotes as brackets
            default ->
                "\"'`\u201A\u201E\u300C\u300D\u300E\u300F".indexOf(character) >= 0
                        || CodeSeparators.isSeparator(character);
        };
    }
}
