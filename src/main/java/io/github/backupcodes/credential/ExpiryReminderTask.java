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
 * Scheduled task that looks once a day for sets that expire soon and notifies their users. The row records it, so that each user is
 * notified once however many nodes run the task, and a node that stops half-way leaves the rest to the next run.
 */
final class ExpiryReminderTask {

    private static final Logger LOG = Logger.getLogger(ExpiryReminderTask.class);

    private static final String NAME = "backup-codes-expiry";

    /** Soon after the start, because a server that is restarted every day has to run it as well. */
    private static final Duration FIRST = Duration.ofMinutes(5);

    /** After this many seconds a node that has not finished is considered gone. */
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
            // the timers of Keycloak have an initial delay only since 26.6
            every(FIRST, () -> every(interval, () -> {}));
        }
    }

    /**
     * Schedules the task. All tasks of Keycloak share one thread, which mails would block, so the task only starts another thread.
     *
     * @param then what the task does in addition; scheduling again replaces what was scheduled
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
            page.stream().filter(set -> set.expiresSoon(now)).forEach(this::remind);
            last = page.get(page.size() - 1).credential();
        }
    }

    /** A set that fails, for example because someone else holds the row, is tried again in the next run. */
    private void remind(ExpiringCodeSetQuery.Candidate set) {
        try {
            KeycloakModelUtils.runJobInTransaction(sessions, session -> remind(set, session));
        } catch (RuntimeException e) {
            LOG.warnf("The user of the backup codes %s was not told that they expire: %s", set.credential(), e);
        }
    }

    /** A user who cannot be notified now may be so tomorrow. */
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
