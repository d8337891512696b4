package io.github.backupcodes.support;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.UserModel;

/**
 * Formats dates and times in a language and a time zone, in the digits 0 to 9 in every language: codes are made of these.
 *
 * @param locale the language
 * @param zone   the time zone
 */
public record LocalizedDates(Locale locale, ZoneId zone) {

    /** The attribute of a user for the time zone: the claim of OpenID Connect Core 1.0, 5.1. */
    private static final String ZONE_ATTRIBUTE = "zoneinfo";

    /** In the time zone of the server. */
    public LocalizedDates(Locale locale) {
        this(locale, ZoneId.systemDefault());
    }

    /** In the language and the time zone of the user of a required action. */
    public static LocalizedDates of(RequiredActionContext context) {
        UserModel user = context.getUser();
        return of(context.getSession().getContext().resolveLocale(user), user);
    }

    /** In the time zone of a user; in that of the server if the user has none. */
    public static LocalizedDates of(Locale locale, UserModel user) {
        return new LocalizedDates(locale, zone(user.getFirstAttribute(ZONE_ATTRIBUTE)));
    }

    static ZoneId zone(@Nullable String name) {
        try {
            return name == null ? ZoneId.systemDefault() : ZoneId.of(name.strip());
        } catch (DateTimeException e) {
            return ZoneId.systemDefault();
        }
    }

    /** The date alone, in the long form of the language. */
    public String date(Instant time) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .format(time.atZone(zone));
    }

    /** Date and time to the minute with the time zone, in the short form of the language. */
    public String shortDateTime(Instant time) {
        ZonedDateTime there = time.atZone(zone);
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)
                        .withLocale(locale)
                        .format(there)
                + DateTimeFormatter.ofPattern(" z", locale).format(there);
    }

    /** Date and time to the minute, in the form of the language, followed by the name of the time zone in brackets. */
    public String dateTime(Instant time) {
        return dateTime(time, FormatStyle.SHORT);
    }

    /** The same to the second: sets of codes that are shown within a minute can be told apart by it. */
    public String exactDateTime(Instant time) {
        return dateTime(time, FormatStyle.MEDIUM);
    }

    private String dateTime(Instant time, FormatStyle timeStyle) {
        ZonedDateTime there = time.atZone(zone);
        String local = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, timeStyle)
                .withLocale(locale)
                .format(there);
        return local + " (" + DateTimeFormatter.ofPattern("z", locale).format(there) + ")";
    }
}
