package io.github.backupcodes.notification;

import io.github.backupcodes.metrics.BackupCodesMetrics;
import io.github.backupcodes.support.SendingQueue;
import org.keycloak.models.KeycloakSession;

/** Creates {@link EmailNotificationProvider}s, which share the queue of this server. */
public final class EmailNotificationProviderFactory implements NotificationProviderFactory {

    private final BackupCodesMetrics metrics = BackupCodesMetrics.ofThisServer();

    /** The pool of Keycloak limits the threads. */
    private final SendingQueue queue = new SendingQueue(Integer.MAX_VALUE, Integer.MAX_VALUE);

    @Override
    public NotificationProvider create(KeycloakSession session) {
        return new EmailNotificationProvider(session, queue, metrics);
    }

    @Override
    public String getId() {
        return "mail";
    }
}
