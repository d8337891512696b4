package io.github.backupcodes.credential;

import io.github.backupcodes.credential.verify.VerificationResult;
import io.github.backupcodes.metrics.BackupCodesMetrics;
import io.github.backupcodes.notification.Notification;
import io.github.backupcodes.notification.NotificationProvider;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.support.AfterCommit;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
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

    /**
     * Reports a new set.
     *
     * @param beside    the ids of the credentials that were created before it in the same sign-in
     * @param replacing whether the user had codes before
     */
    void reportNewSet(KeycloakSession session, UserModel user, Set<String> beside, boolean replacing) {
        String realm = session.getContext().getRealm().getName();
        AfterCommit.run(session, () -> metrics.setMade(realm));
        NotificationProvider.of(session).notify(user, new Notification.CodesMade(beside, replacing));
    }

    /** Reports the result of an attempt. */
    void reportAttempt(KeycloakSession session, UserModel user, VerificationResult result) {
        RealmModel realm = session.getContext().getRealm();
        String name = realm.getName();
        AfterCommit.run(session, () -> count(result, name));
        notification(result, realm, () -> isNoneLeft(session, user))
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

    private static Optional<Notification> notification(
            VerificationResult result, RealmModel realm, BooleanSupplier isNoneLeft) {
        boolean temporary = result.isTemporary();
        if (result instanceof VerificationResult.Accepted accepted) {
            return Optional.of(
                    temporary
                            ? new Notification.TemporaryCodeUsed()
                            : used(accepted.remaining(), BackupCodesPolicy.of(realm)));
        }
        return switch (result.consequence()) {
            case PAUSED -> Optional.of(new Notification.CodesPaused());
            case DISABLED ->
                Optional.of(temporary ? new Notification.TemporaryCodeDisabled() : new Notification.CodesDisabled());
            case NONE -> isOldCode(result) ? Optional.of(old(temporary, isNoneLeft)) : Optional.empty();
        };
    }

    private static Notification used(int remaining, BackupCodesPolicy policy) {
        return new Notification.CodeUsed(remaining, remaining <= policy.lowThreshold());
    }

    private static Notification old(boolean temporary, BooleanSupplier isNoneLeft) {
        return temporary
                ? new Notification.TemporaryCodeTriedAgain()
                : new Notification.OldCodeTried(isNoneLeft.getAsBoolean());
    }

    /** Not without a set: then an old code is a Keycloak recovery code, of which others may be left. */
    private static boolean isNoneLeft(KeycloakSession session, UserModel user) {
        return UserBackupCodes.of(session, user)
                .cachedSet()
                .filter(set -> set.remaining() == 0)
                .isPresent();
    }

    /**
     * Those who enter an old code have one of the user's lists, and mostly the password as well. A wrong code may be anyone's slip; as
     * many as bring a pause are not, and because codes are mostly requested after the password, that one is known then.
     */
    private static boolean isOldCode(VerificationResult result) {
        return result.is(VerificationResult.Reason.ALREADY_USED) || result.is(VerificationResult.Reason.REPLACED);
    }
}
