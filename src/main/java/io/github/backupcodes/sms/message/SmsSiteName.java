package io.github.backupcodes.sms.message;

import io.github.backupcodes.policy.PrintableText;
import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shortens the name of a site for a message. Phones turn whatever looks like an address into a link, and browsers read the last line by
 * its signs; an administrator of a realm must be able to do neither in a message of this server.
 */
final class SmsSiteName {

    /** In {@code char}s: one segment holds the text, this name and a host of 40 characters. */
    static final int MOST_CHARACTERS = 20;

    /** The signs of the last line, in all their forms, and the parts of a URL. */
    private static final Pattern SIGNS =
            Pattern.compile("[@#\uFF20\uFE6B\uFF03\uFE5F\\\\/\u2044\u2215\uFF0F\uFF3C]|:(?=\\s*[/\uFF0F])");

    /** A full stop between letters or digits, which makes a domain of them; also those that IDNA reads as one. */
    private static final Pattern DOTS =
            Pattern.compile("(?<=[\\p{L}\\p{N}\\p{M}_-])[.\u3002\uFF0E\uFF61\u2024]+(?=[\\p{L}\\p{N}_-])");

    private static final Pattern SPACES = Pattern.compile(" {2,}");
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private SmsSiteName() {}

    /**
     * The name without control characters, {@code @}, {@code #} and anything that looks like a URL or a domain, cut between two
     * characters as readers see them.
     *
     * @return at most 20 {@code char}s; a hyphen if nothing is left
     */
    static String of(String name) {
        String text = PrintableText.of(Normalizer.normalize(name, Normalizer.Form.NFC));
        text = SIGNS.matcher(text).replaceAll(" ");
        text = DOTS.matcher(text).replaceAll(" ");
        text = cut(SPACES.matcher(text).replaceAll(" ").strip()).strip();
        return text.isEmpty() ? "-" : text;
    }

    private static String cut(String text) {
        if (text.length() <= MOST_CHARACTERS) {
            return text;
        }
        Matcher characters = CHARACTER.matcher(text);
        int end = 0;
        while (characters.find() && characters.end() <= MOST_CHARACTERS) {
            end = characters.end();
        }
        if (end > 0) {
            return text.substring(0, end);
        }
        // one character with very many marks
        return text.substring(
                0, Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1)) ? MOST_CHARACTERS - 1 : MOST_CHARACTERS);
    }
}
