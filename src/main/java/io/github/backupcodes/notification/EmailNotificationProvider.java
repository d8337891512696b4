package io.github.backupcodes.notification;

import io.github.backupcodes.metrics.BackupCodesMetrics;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.support.AfterCommit;
import io.github.backupcodes.support.SendingQueue;
import io.github.backupcodes.support.SendingThreadPool;
import java.util.concurrent.Executor;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Notifies users by mail. */
final class EmailNotificationProvider implements NotificationProvider {

    /** The name of Keycloak's thread pool, with which its size can be configured. */
    private static final String POOL = "backup-codes-mail";

    private final KeycloakSession session;
    private final SendingQueue queue;
    private final BackupCodesMetrics metrics;

    EmailNotificationProvider(KeycloakSession session, SendingQueue queue, BackupCodesMetrics metrics) {
        this.session = session;
        this.queue = queue;
        this.metrics = metrics;
    }

    @Override
    public boolean canNotify(UserModel user) {
        return canReceiveMail(realm(), user);
    }

    @Override
    public void notify(UserModel user, Notification notification) {
        if (canNotify(user)) {
            Executor pool = SendingThreadPool.of(session, POOL, EmailNotificationProviderFactory.MAX_THREADS);
            MailJob job = job(user, notification, NotificationContext.of(session, user));
            SendMailTask task = new SendMailTask(session.getKeycloakSessionFactory(), job, metrics);
            AfterCommit.run(session, () -> queue.add(task, pool));
        }
    }

    @Override
    public void notifySynchronously(UserModel user, Notification notification) {
        if (canNotify(user)) {
            MailJob job = job(user, notification, NotificationContext.withoutRequest());
            AfterCommit.run(session, new SendMailTask(session.getKeycloakSessionFactory(), job, metrics));
        }
    }

    /** Whether the realm sends such mail and has a mail server, and the user an account that is enabled and a verified address. */
    static boolean canReceiveMail(RealmModel realm, UserModel user) {
        String email = user.getEmail();
        return email != null
                && !email.isBlank()
                && user.isEmailVerified()
                && user.isEnabled()
                && realm.getSmtpConfig().get("host") != null
                && BackupCodesPolicy.of(realm).notifiesByEmail();
    }

    private MailJob job(UserModel user, Notification notification, NotificationContext notificationContext) {
        return new MailJob(realm().getId(), realm().getName(), user.getId(), notification, notificationContext);
    }

    private RealmModel realm() {
        return session.getContext().getRealm();
    }
}
