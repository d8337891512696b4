package io.github.backupcodes.credential;

import io.github.backupcodes.credential.verify.VerificationResult;
import io.github.backupcodes.metrics.BackupCodesMetrics;
import io.github.backupcodes.notification.Notification;
import io.github.backupcodes.notification.NotificationProvider;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.support.AfterCommit;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Reports what happened to a user's codes: to metrics, and to the user by mail. Both happen after the transaction was committed, so
 * that nothing is reported that was rolled back.
 */
final class CodeActivityReporter {

    private final BackupCodesMetrics metrics;

    CodeActivityReporter(BackupCodesMetrics metrics) {
        this.metrics = metrics;
    }

    /** Reports a new set. Takes the ids of the credentials that were created before it in the same sign-in. */
    void reportNewSet(KeycloakSession session, UserModel user, Set<String> beside) {
        String realm = session.getContext().getRealm().getName();
        AfterCommit.run(session, () -> metrics.setMade(realm));
        NotificationProvider.of(session).notify(user, new Notification.CodesMade(beside));
    }

    /** Reports the result of an attempt. */
    void reportAttempt(KeycloakSession session, UserModel user, VerificationResult result) {
        RealmModel realm = session.getContext().getRealm();
        String name = realm.getName();
        AfterCommit.run(session, () -> count(result, name));
        notification(result, realm)
                .ifPresent(notification -> NotificationProvider.of(session).notify(user, notification));
    }

    private void count(VerificationResult result, String realm) {
        if (result instanceof VerificationResult.Refused refused) {
            metrics.refused(realm, refused.reason().id());
            if (refused.consequence() != VerificationResult.Consequence.NONE) {
                metrics.paused(realm);
            }
        } else {
            metrics.accepted(realm);
        }
    }

    private Optional<Notification> notification(VerificationResult result, RealmModel realm) {
        if (result instanceof VerificationResult.Accepted accepted) {
            boolean few = !accepted.isTemporary()
                    && accepted.remaining() <= BackupCodesPolicy.of(realm).lowThreshold();
            return Optional.of(new Notification.CodeUsed(accepted.remaining(), few));
        }
        return switch (result.consequence()) {
            case PAUSED -> Optional.of(new Notification.CodesPaused());
            case DISABLED -> Optional.of(new Notification.CodesDisabled());
            case NONE -> isOldCode(result) ? Optional.of(new Notification.OldCodeTried()) : Optional.empty();
        };
    }

    /**
     * Those who enter an old code have one of the user's lists, and mostly the password as well. A wrong code may be anyone's slip; as
     * many as bring a pause are not, and because codes are mostly requested after the password, that one is known then.
     */
    private static boolean isOldCode(VerificationResult result) {
        return result.is(VerificationResult.Reason.ALREADY_USED) || result.is(VerificationResult.Reason.REPLACED);
    }
}
