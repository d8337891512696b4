package io.github.backupcodes.notification;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/**
 * Moments as a language writes them, with the time zone, which is that of the server.
 *
 * @param locale the language
 */
record Moment(Locale locale) {

    String write(Instant moment) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.LONG)
                .withLocale(locale)
                .format(moment.atZone(ZoneId.systemDefault()));
    }
}
