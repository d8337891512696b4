package io.github.backupcodes.code;

import java.text.Normalizer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody typed or pasted for a code, whatever stands around the code: quotes, its number on the list, symbols of a
 * keyboard of another script. Nothing here can make two codes of one input: a number is left out only where its dot or
 * bracket, which no code has, would be in the way, and what remains has the form of a code.
 */
public final class CodeInput {

    /** Longer input is refused unread: 32 symbols with a separator between any two of them, and room to spare. */
    private static final int LONGEST = 128;

    /** As on a list of at most fifty codes. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,2}[.)]");

    private CodeInput() {}

    /**
     * The same in ASCII as far as that goes: full-width and other compatibility forms as the letters and digits that they
     * stand for, and the decimal digits of every script as 0 to 9.
     *
     * @param typed the input as it came
     * @return what can be compared with ASCII letters and digits
     */
    public static String normalized(String typed) {
        StringBuilder plain = new StringBuilder(typed.length());
        Normalizer.normalize(typed, Normalizer.Form.NFKC)
                .codePoints()
                .map(CodeInput::asciiDigit)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /** Reads it as some form of codes tells, with the number on the list only where there is no code otherwise. */
    static ParsedCode read(String typed, Function<String, ParsedCode> form) {
        if (typed.length() > LONGEST) {
            return ParsedCode.Mistyped.LENGTH;
        }
        String plain = bare(normalized(typed));
        ParsedCode whole = form.apply(plain);
        Matcher number = NUMBER.matcher(plain);
        if (whole.isWellFormed() || !number.lookingAt()) {
            return whole;
        }
        ParsedCode behindNumber = form.apply(bare(plain.substring(number.end())));
        return behindNumber.isWellFormed() ? behindNumber : whole;
    }

    private static int asciiDigit(int character) {
        return Character.getType(character) == Character.DECIMAL_DIGIT_NUMBER
                ? '0' + Character.digit(character, 10)
                : character;
    }

    /** Without the quotes and separators around it. */
    private static String bare(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isAround(text.charAt(start))) {
            start++;
        }
        while (end > start && isAround(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isAround(char character) {
        return switch (Character.getType(character)) {
            case Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION -> true;
            // the low and the East Asian quotes are brackets to Unicode
            default ->
                "\"'`\u201A\u201E\u300C\u300D\u300E\u300F".indexOf(character) >= 0 || CodeSeparators.isSeparator(character);
        };
    }
}
