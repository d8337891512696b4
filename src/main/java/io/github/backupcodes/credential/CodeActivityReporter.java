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
 * Says what became of a user's codes, on every way that leads to them: to the counters, and to the user by mail. Both hear
 * of it when the transaction has been committed, and of nothing that was rolled back.
 */
final class CodeActivityReporter {

    private final KeycloakSession session;
    private final UserModel user;
    private final BackupCodesMetrics metrics;

    CodeActivityReporter(KeycloakSession session, UserModel user, BackupCodesMetrics metrics) {
        this.session = session;
        this.user = user;
        this.metrics = metrics;
    }

    /** Takes the ids of what was made in the same sign-in, before. */
    void reportNewSet(Set<String> beside) {
        String realm = realm().getName();
        AfterCommit.run(session, () -> metrics.setMade(realm));
        NotificationProvider.of(session).notify(user, new Notification.CodesMade(beside));
    }

    void reportAttempt(VerificationResult result) {
        String realm = realm().getName();
        AfterCommit.run(session, () -> count(result, realm));
        notice(result).ifPresent(notice -> NotificationProvider.of(session).notify(user, notice));
    }

    private void count(VerificationResult result, String realm) {
        if (result instanceof VerificationResult.Accepted) {
            metrics.accepted(realm);
        } else if (result instanceof VerificationResult.Refused refused) {
            metrics.refused(realm, refused.reason());
            if (refused.consequence() != VerificationResult.Consequence.NONE) {
                metrics.paused(realm);
            }
        }
    }

    /**
     * Whoever enters an old code has one of the user's lists, and mostly the password as well. A wrong code may be anybody's
     * slip; so many that no more are taken are not, and as codes are mostly asked for after the password, that is known.
     */
    private Optional<Notification> notice(VerificationResult result) {
        if (result instanceof VerificationResult.Accepted accepted) {
            boolean few = !accepted.isTemporary()
                    && accepted.remaining() <= BackupCodesPolicy.of(realm()).lowThreshold();
            return Optional.of(new Notification.CodeUsed(accepted.remaining(), few));
        }
        return switch (result.consequence()) {
            case PAUSED -> Optional.of(new Notification.CodesPaused());
            case DISABLED -> Optional.of(new Notification.CodesDisabled());
            case NONE ->
                result instanceof VerificationResult.AlreadyUsed || result instanceof VerificationResult.Replaced
                        ? Optional.of(new Notification.OldCodeTried())
                        : Optional.empty();
        };
    }

    private RealmModel realm() {
        return session.getContext().getRealm();
    }
}
