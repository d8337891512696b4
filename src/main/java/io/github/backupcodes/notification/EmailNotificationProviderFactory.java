package io.github.backupcodes.notification;

import io.github.backupcodes.metrics.BackupCodesMetrics;
import io.github.backupcodes.support.SendingQueue;
import org.keycloak.models.KeycloakSession;

/** Creates {@link EmailNotificationProvider}s, which share the queue of this server. */
public final class EmailNotificationProviderFactory implements NotificationProviderFactory {

    /** How many mails are sent at the same time, at most. */
    static final int MAX_THREADS = 16;

    /** A mail server that hangs delays no other realm. */
    private static final int MAX_THREADS_OF_REALM = 4;

    private final BackupCodesMetrics metrics = BackupCodesMetrics.ofThisServer();
    private final SendingQueue queue = new SendingQueue(MAX_THREADS, MAX_THREADS_OF_REALM);

    @Override
    public NotificationProvider create(KeycloakSession session) {
        return new EmailNotificationProvider(session, queue, metrics);
    }

    @Override
    public String getId() {
        return "mail";
    }
}
