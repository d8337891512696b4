package io.github.backupcodes.support;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.keycloak.authentication.RequiredActionContext;

/**
 * Days as the language of the user writes them.
 *
 * @param locale the user's
 */
public record LocalizedDates(Locale locale) {

    public static LocalizedDates of(RequiredActionContext context) {
        return new LocalizedDates(context.getSession().getContext().resolveLocale(context.getUser()));
    }

    /** The day of a moment, in the time zone of the server. */
    public String write(Instant moment) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .format(moment.atZone(ZoneId.systemDefault()));
    }
}
