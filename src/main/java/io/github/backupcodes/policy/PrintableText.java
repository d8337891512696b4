package io.github.backupcodes.policy;

import java.util.regex.Pattern;

/**
 * Names that people have chosen, for paper, files and mails. There a name is all that tells a reader which list this is, so
 * that nothing in it may turn the text around, break the line or be invisible.
 */
public final class PrintableText {

    /** Format characters (bidirectional controls, zero width, soft hyphen, tags), private use and broken surrogates. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}\\p{Co}\\p{Cs}]+");

    /** Space of any kind, C0 and C1 controls, separators of lines and paragraphs. */
    private static final Pattern SPACE = Pattern.compile("[\\p{Cc}\\p{Z}]+");

    private PrintableText() {}

    /** The text in one line, without what cannot be seen; empty when nothing else was in it. */
    public static String of(String text) {
        String seen = UNSEEN.matcher(text).replaceAll("");
        return SPACE.matcher(seen).replaceAll(" ").strip();
    }
}
