package io.github.backupcodes.notification;

import java.time.Instant;
import java.util.Set;

/**
 * What is to be told to whom, without any model of the request: that is over when the mail is made.
 *
 * @param realmId       the id of the realm
 * @param realmName     its name, for the counters
 * @param userId        the id of the user
 * @param notification        what happened
 * @param context when, where and how
 */
record MailJob(
        String realmId, String realmName, String userId, Notification notification, NotificationContext context) {

    /**
     * Whether it tells of a code that stood, or was to stand, in the place of a second factor: then a sign-in took more than the
     * password.
     */
    boolean tellsOfSecondFactor() {
        return notification instanceof Notification.CodeUsed
                || notification instanceof Notification.TemporaryCodeIssued
                || notification instanceof Notification.CodesPaused
                || notification instanceof Notification.CodesDisabled;
    }

    /** Since when something has gone on that the user may not know of. */
    Instant since() {
        return context.at();
    }

    /** The ids of what was made before that, but by the same person. */
    Set<String> beside() {
        return notification instanceof Notification.CodesMade made ? made.beside() : Set.of();
    }
}
