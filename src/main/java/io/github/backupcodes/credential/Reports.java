package io.github.backupcodes.credential;

import io.github.backupcodes.metrics.Meters;
import io.github.backupcodes.notification.AfterCommit;
import io.github.backupcodes.notification.Notice;
import io.github.backupcodes.notification.Notices;
import io.github.backupcodes.policy.Policy;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Says what became of a user's codes, on every way that leads to them: to the counters, and to the user by mail. Both hear
 * of it when the transaction has been committed, and of nothing that was rolled back.
 */
final class Reports {

    private final KeycloakSession session;
    private final UserModel user;
    private final Meters meters;

    Reports(KeycloakSession session, UserModel user, Meters meters) {
        this.session = session;
        this.user = user;
        this.meters = meters;
    }

    /** Takes the ids of what was made in the same sign-in, before. */
    void made(Set<String> beside) {
        String realm = realm().getName();
        AfterCommit.run(session, () -> meters.setMade(realm));
        Notices.of(session).tell(user, new Notice.CodesMade(beside));
    }

    void tried(Attempt attempt) {
        String realm = realm().getName();
        AfterCommit.run(session, () -> count(attempt, realm));
        notice(attempt).ifPresent(notice -> Notices.of(session).tell(user, notice));
    }

    private void count(Attempt attempt, String realm) {
        if (attempt instanceof Attempt.Accepted) {
            meters.accepted(realm);
        } else if (attempt instanceof Attempt.Refused refused) {
            meters.refused(realm, refused.reason());
            if (refused.consequence() != Attempt.Consequence.NONE) {
                meters.paused(realm);
            }
        }
    }

    /**
     * Whoever enters an old code has one of the user's lists, and mostly the password as well. A wrong code may be anybody's
     * slip; so many that no more are taken are not, and as codes are mostly asked for after the password, that is known.
     */
    private Optional<Notice> notice(Attempt attempt) {
        if (attempt instanceof Attempt.Accepted accepted) {
            boolean few = !accepted.isTemporary()
                    && accepted.remaining() <= Policy.of(realm()).lowThreshold();
            return Optional.of(new Notice.CodeUsed(accepted.remaining(), few));
        }
        return switch (attempt.consequence()) {
            case PAUSED -> Optional.of(new Notice.CodesPaused());
            case DISABLED -> Optional.of(new Notice.CodesDisabled());
            case NONE ->
                attempt instanceof Attempt.AlreadyUsed || attempt instanceof Attempt.Replaced
                        ? Optional.of(new Notice.OldCodeTried())
                        : Optional.empty();
        };
    }

    private RealmModel realm() {
        return session.getContext().getRealm();
    }
}
