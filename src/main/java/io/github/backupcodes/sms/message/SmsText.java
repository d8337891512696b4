package io.github.backupcodes.sms.message;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Builds the text of a message. The last line of a message with a code binds the code to a host, by the format of <a
 * href="https://wicg.github.io/sms-one-time-codes/">origin-bound one-time codes</a> of the WICG: browsers then offer the code on pages
 * of this host alone.
 */
public final class SmsText {

    /** The text of a language, without its arguments. */
    @FunctionalInterface
    public interface Format {

        /** The text with its arguments, as {@link java.text.MessageFormat} puts them in. */
        String format(String... arguments);
    }

    /** What the parser of Chromium reads; internationalized names are in their ASCII form. The format of the WICG has no port. */
    private static final Pattern HOST = Pattern.compile("[a-z0-9-]+(?:\\.[a-z0-9-]+)*");

    /** Typographic characters that GSM-7 lacks, in the form in which phones write them. */
    private static final Map<String, String> PLAIN = Map.ofEntries(
            Map.entry("\u2018", "'"),
            Map.entry("\u2019", "'"),
            Map.entry("\u201C", "\""),
            Map.entry("\u201D", "\""),
            Map.entry("\u201E", "\""),
            Map.entry("\u2013", "-"),
            Map.entry("\u2014", "-"),
            Map.entry("\u2026", "..."),
            Map.entry("\u00A0", " "),
            Map.entry("\u202F", " "));

    private SmsText() {}

    /**
     * A message with a code.
     *
     * @param format of {@link SmsTextKey#CODE} or {@link SmsTextKey#SETUP}
     * @param code   digits alone
     * @param site   the name of the site; what could mislead is removed, and it is cut
     * @param host   the host of the page on which the code is entered, without a port; without the last line if it is null or no name,
     *               but an address of IPv6
     */
    public static String withCode(Format format, String code, String site, @Nullable String host) {
        String text = plain(format.format(code, SmsSiteName.of(site)));
        String name = host == null ? "" : host.toLowerCase(Locale.ROOT);
        return HOST.matcher(name).matches() ? text + "\n\n@" + name + " #" + code : text;
    }

    /**
     * A message without a code.
     *
     * @param format of {@link SmsTextKey#NUMBER_CHANGED} or {@link SmsTextKey#TEST}
     * @param site   the name of the site; what could mislead is removed, and it is cut
     */
    public static String withoutCode(Format format, String site) {
        return plain(format.format(SmsSiteName.of(site)));
    }

    /** One typographic apostrophe would make a message twice as long. */
    private static String plain(String text) {
        String plain = text;
        for (Map.Entry<String, String> each : PLAIN.entrySet()) {
            plain = plain.replace(each.getKey(), each.getValue());
        }
        return SmsEncoding.of(plain) == SmsEncoding.GSM_7 ? plain : text;
    }
}
