package io.github.backupcodes.notification;

import java.time.Instant;
import java.util.Set;

/**
 * Value object: a mail in the queue, without any model of the request, which has ended when the mail is composed.
 *
 * @param realmId      the id of the realm
 * @param realmName    its name, for the metrics
 * @param userId       the id of the user
 * @param notification what happened
 * @param context      when, where and how
 */
record MailJob(
        String realmId, String realmName, String userId, Notification notification, NotificationContext context) {

    /**
     * Whether it reports a code that replaced a second factor, or was meant to: then a sign-in required more than the
     * password. Someone who deletes the codes may have deleted the second factor before.
     */
    boolean concernsSecondFactor() {
        return notification instanceof Notification.CodeUsed
                || notification instanceof Notification.TemporaryCodeUsed
                || notification instanceof Notification.TemporaryCodeTriedAgain
                || notification instanceof Notification.TemporaryCodeIssued
                || notification instanceof Notification.CodesPaused
                || notification instanceof Notification.CodesDisabled
                || notification instanceof Notification.TemporaryCodeDisabled
                || notification instanceof Notification.CodesDeleted
                || notification instanceof Notification.VerificationCodeDeleted
                || notification instanceof Notification.VerificationCodePaused
                || notification instanceof Notification.VerificationCodeDisabled
                || notification instanceof Notification.VerificationCodesUnused
                || notification instanceof Notification.WeakFactorAdded
                || notification instanceof Notification.StrongerFactorRemoved;
    }

    /** Since when something may have happened that the user does not know of. */
    Instant since() {
        return context.at();
    }

    /** The ids of credentials that were created earlier, but by the same person. */
    Set<String> beside() {
        if (notification instanceof Notification.WeakFactorAdded added) {
            return Set.of(added.id());
        }
        if (notification instanceof Notification.VerificationCodeSetUp setUp) {
            return setUp.beside();
        }
        return notification instanceof Notification.CodesMade made ? made.beside() : Set.of();
    }
}
