package io.github.backupcodes.sms.message;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Builds the texts of messages. The name of the site comes from the realm, which others than its users may have named: it must not add
 * lines or links to a message, nor look like the line by which browsers recognize a code.
 */
public final class SmsText {

    /** How many characters of the name of the site are sent: a message should fit into one segment. */
    static final int SITE_LENGTH = 20;

    private static final Pattern URL = Pattern.compile("(?i)\\b[a-z][a-z0-9+.-]*://\\S*|\\bwww\\.\\S*");

    /** Phones make links of what looks like a domain. */
    private static final Pattern DOT_IN_WORD = Pattern.compile("(?<=[\\p{L}\\p{N}])[.\\u3002\\uFF0E\\uFF61](?=[\\p{L}\\p{N}])");

    /** Control and format characters, among them those that change the direction of text, and what the line for browsers has. */
    private static final Pattern REMOVED = Pattern.compile("[\\p{C}@#\\uFF20\\uFF03\\uFE6B\\uFE5F]");

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    private SmsText() {}

    /**
     * A message with a code.
     *
     * @param text makes the message from the name of the site
     * @param site the name of the site, as the realm has it
     * @param host for the last line, by which browsers enter the code at this site alone (WICG, Origin-bound one-time codes delivered via
     *     SMS: an at sign, the host, a space, a number sign and the code); null for no such line
     * @param code the code
     */
    public static String ofCode(UnaryOperator<String> text, String site, @Nullable String host, String code) {
        String message = of(text, site);
        return host == null ? message : message + "\n\n@" + host.toLowerCase(Locale.ROOT) + " #" + code;
    }

    /**
     * A message without a code.
     *
     * @param text makes the message from the name of the site
     * @param site the name of the site, as the realm has it
     */
    public static String of(UnaryOperator<String> text, String site) {
        return text.apply(site(site));
    }

    /** The name of the site as messages have it: one line without links, at most 20 characters; never empty. */
    static String site(String name) {
        String line = SPACES.matcher(name).replaceAll(" ");
        String clean = REMOVED.matcher(URL.matcher(line).replaceAll(" ")).replaceAll("");
        String plain = SPACES.matcher(DOT_IN_WORD.matcher(clean).replaceAll(" "))
                .replaceAll(" ")
                .strip();
        String cut = cut(plain);
        return cut.isEmpty() ? "-" : cut;
    }

    /** Between characters as readers see them: an accent or emoji is not separated from its letter. */
    private static String cut(String text) {
        if (text.length() <= SITE_LENGTH) {
            return text;
        }
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        int end = characters.isBoundary(SITE_LENGTH) ? SITE_LENGTH : characters.preceding(SITE_LENGTH);
        return text.substring(0, Math.max(0, end)).strip();
    }
}
