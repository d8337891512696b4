package io.github.backupcodes.notification;

import io.github.backupcodes.policy.HelpContact;
import io.github.backupcodes.support.LocalizedDates;
import org.jspecify.annotations.Nullable;

/**
 * Value object: whom a mail is for, and in which words.
 *
 * @param site        the display name of the realm
 * @param account     the user name
 * @param application the name of the application in words; null if there was none
 * @param factor      the name of the second factor that the mail is about, in words; null if it is about none
 * @param dates       the user's language and time zone
 * @param help        whom the user contacts for help; null for "your administrator"
 */
record NotificationMailRecipient(
        String site,
        String account,
        @Nullable String application,
        @Nullable String factor,
        LocalizedDates dates,
        @Nullable HelpContact help) {}
