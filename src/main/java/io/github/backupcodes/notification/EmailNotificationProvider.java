package io.github.backupcodes.notification;

import io.github.backupcodes.metrics.BackupCodesMetrics;
import io.github.backupcodes.support.AfterCommit;
import java.util.concurrent.Executor;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Tells by mail. */
final class EmailNotificationProvider implements NotificationProvider {

    /** The name of Keycloak's pool of threads, by which its size can be set. */
    private static final String POOL = "backup-codes-mail";

    private final KeycloakSession session;
    private final MailQueue outbox;
    private final BackupCodesMetrics meters;

    EmailNotificationProvider(KeycloakSession session, MailQueue outbox, BackupCodesMetrics meters) {
        this.session = session;
        this.outbox = outbox;
        this.meters = meters;
    }

    @Override
    public boolean canNotify(UserModel user) {
        return new Address(realm(), user).isReachable();
    }

    @Override
    public void notify(UserModel user, Notification notice) {
        if (canNotify(user)) {
            Executor pool = session.getProvider(ExecutorsProvider.class).getExecutor(POOL);
            MailJob letter = letter(user, notice, NotificationContext.of(session, user));
            SendMailTask delivery = new SendMailTask(session.getKeycloakSessionFactory(), letter, meters);
            AfterCommit.run(session, () -> outbox.add(delivery, letter, pool));
        }
    }

    @Override
    public void notifySynchronously(UserModel user, Notification notice) {
        if (canNotify(user)) {
            MailJob letter = letter(user, notice, NotificationContext.withoutRequest());
            AfterCommit.run(session, new SendMailTask(session.getKeycloakSessionFactory(), letter, meters));
        }
    }

    private MailJob letter(UserModel user, Notification notice, NotificationContext circumstances) {
        return new MailJob(realm().getId(), realm().getName(), user.getId(), notice, circumstances);
    }

    private RealmModel realm() {
        return session.getContext().getRealm();
    }
}
