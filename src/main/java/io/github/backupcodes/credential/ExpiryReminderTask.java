package io.github.backupcodes.credential;

import io.github.backupcodes.notification.Notification;
import io.github.backupcodes.notification.NotificationProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.TimerProvider;

/**
 * Looks once a day for sets that end soon and tells their users. The row remembers it, so that each set is told of once
 * however many nodes look, and a node that ends half-way leaves the rest to the next look.
 */
final class ExpiryReminderTask {

    private static final Logger LOG = Logger.getLogger(ExpiryReminderTask.class);

    private static final String NAME = "backup-codes-expiry";

    /** Soon after the start: a server that is started anew every day has to come to it as well. */
    private static final Duration FIRST = Duration.ofMinutes(5);

    /** After so many seconds a node that has not come back is taken for gone. */
    private static final int TIMEOUT = 3_600;

    private final KeycloakSessionFactory sessions;
    private final Duration interval;

    ExpiryReminderTask(KeycloakSessionFactory sessions, Duration interval) {
        this.sessions = sessions;
        this.interval = interval;
    }

    void schedule() {
        if (interval.isZero() || interval.isNegative()) {
            return;
        }
        if (interval.compareTo(FIRST) <= 0) {
            every(interval, () -> {});
        } else {
            // a first look of its own time is known to the timers of Keycloak only since 26.6
            every(FIRST, () -> every(interval, () -> {}));
        }
    }

    /**
     * All tasks of Keycloak share one thread, which mails would hold up: it only sets another one going.
     *
     * @param then what the task does besides; to schedule anew takes the place of what was scheduled
     */
    private void every(Duration time, Runnable then) {
        KeycloakModelUtils.runJobInTransaction(sessions, session -> {
            Executor thread = session.getProvider(ExecutorsProvider.class).getExecutor(NAME);
            Runnable task = () -> {
                thread.execute(this::runOnce);
                then.run();
            };
            session.getProvider(TimerProvider.class).schedule(task, time.toMillis(), NAME);
        });
    }

    /** On one node at a time. */
    private void runOnce() {
        // without a transaction, which would last as long as all of it
        try (KeycloakSession session = sessions.create()) {
            session.getProvider(ClusterProvider.class).executeIfNotExecuted(NAME, TIMEOUT, () -> {
                List.of(ExpiringCodeSetQuery.values()).forEach(this::goThrough);
                return Boolean.TRUE;
            });
        } catch (RuntimeException e) {
            LOG.error("Backup codes that expire soon could not be looked for", e);
        }
    }

    private void goThrough(ExpiringCodeSetQuery sets) {
        String last = "";
        while (true) {
            String after = last;
            List<ExpiringCodeSetQuery.Candidate> page =
                    KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> sets.after(after, session));
            if (page.isEmpty()) {
                return;
            }
            Instant now = Instant.now();
            page.stream()
                    .filter(set -> set.expiresSoon(now))
                    .forEach(this::remind);
            last = page.get(page.size() - 1).credential();
        }
    }

    /** One that fails, for example because the row is held, comes again at the next look. */
    private void remind(ExpiringCodeSetQuery.Candidate set) {
        try {
            KeycloakModelUtils.runJobInTransaction(sessions, session -> remind(set, session));
        } catch (RuntimeException e) {
            LOG.warnf("The user of the backup codes %s was not told that they expire: %s", set.credential(), e);
        }
    }

    /** A user who cannot be reached now may be so tomorrow. */
    private static void remind(ExpiringCodeSetQuery.Candidate set, KeycloakSession session) {
        RealmModel realm = session.realms().getRealm(set.realm());
        if (realm == null) {
            return;
        }
        session.getContext().setRealm(realm);
        UserModel user = session.users().getUserById(realm, set.user());
        NotificationProvider notifications = NotificationProvider.of(session);
        if (user != null && notifications.canNotify(user)) {
            UserBackupCodes.of(session, user)
                    .remind(set.credential(), Instant.now())
                    .ifPresent(end -> notifications.notifySynchronously(user, new Notification.ExpiringSoon(end)));
        }
    }
}
