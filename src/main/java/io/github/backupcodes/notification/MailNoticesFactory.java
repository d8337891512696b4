package io.github.backupcodes.notification;

import io.github.backupcodes.metrics.Meters;
import org.keycloak.models.KeycloakSession;

/** Makes {@link MailNotices}, which share the queue of this server. */
public final class MailNoticesFactory implements NoticesFactory {

    private final Meters meters = Meters.ofThisServer();
    private final Outbox outbox = new Outbox(meters);

    @Override
    public Notices create(KeycloakSession session) {
        return new MailNotices(session, outbox, meters);
    }

    @Override
    public String getId() {
        return "mail";
    }
}
