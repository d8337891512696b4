package io.github.backupcodes.notification;

import io.github.backupcodes.metrics.BackupCodesMetrics;
import org.keycloak.models.KeycloakSession;

/** Makes {@link EmailNotificationProvider}, which share the queue of this server. */
public final class EmailNotificationProviderFactory implements NotificationProviderFactory {

    private final BackupCodesMetrics meters = BackupCodesMetrics.ofThisServer();
    private final MailQueue outbox = new MailQueue(meters);

    @Override
    public NotificationProvider create(KeycloakSession session) {
        return new EmailNotificationProvider(session, outbox, meters);
    }

    @Override
    public String getId() {
        return "mail";
    }
}
