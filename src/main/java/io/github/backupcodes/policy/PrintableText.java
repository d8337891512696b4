package io.github.backupcodes.policy;

import java.util.regex.Pattern;

/**
 * Cleans names that people chose for use on paper, in files and in mails. There a name alone tells readers which list
 * it is, so nothing in it may reverse the text, break the line or be invisible.
 */
public final class PrintableText {

    /**
     * Format characters (bidirectional controls, zero width, soft hyphen, tags), private use and unpaired surrogates.
     */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Co}\\p{Cs}]+");

    /** White space of any kind, C0 and C1 controls, line and paragraph separators. */
    private static final Pattern SPACE = Pattern.compile("[\\p{Cc}\\p{Z}]+");

    private PrintableText() {}

    /** The text in one line, without invisible characters; empty if nothing else was in it. */
    public static String of(String text) {
        String visible = INVISIBLE.matcher(text).replaceAll("");
        return SPACE.matcher(visible).replaceAll(" ").strip();
    }
}
