package io.github.backupcodes.support;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.keycloak.authentication.RequiredActionContext;

/**
 * Formats dates and times in a language and in the time zone of the server.
 *
 * @param locale the language
 */
public record LocalizedDates(Locale locale) {

    /** In the language of the user of a required action. */
    public static LocalizedDates of(RequiredActionContext context) {
        return new LocalizedDates(context.getSession().getContext().resolveLocale(context.getUser()));
    }

    /** The date alone, in the long form of the language. */
    public String date(Instant time) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .format(time.atZone(ZoneId.systemDefault()));
    }

    /** Date and time to the minute with the time zone, in the short form of the language. */
    public String shortDateTime(Instant time) {
        ZonedDateTime moment = time.atZone(ZoneId.systemDefault());
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)
                        .withLocale(locale)
                        .format(moment)
                + DateTimeFormatter.ofPattern(" z", locale).format(moment);
    }

    /** Date and time with the time zone, in the long form of the language. */
    public String dateTime(Instant time) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.LONG)
                .withLocale(locale)
                .format(time.atZone(ZoneId.systemDefault()));
    }
}
