package io.github.backupcodes.notification;

import io.github.backupcodes.metrics.Meters;
import java.util.concurrent.Executor;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Tells by mail. */
final class MailNotices implements Notices {

    /** The name of Keycloak's pool of threads, by which its size can be set. */
    private static final String POOL = "backup-codes-mail";

    private final KeycloakSession session;
    private final Outbox outbox;
    private final Meters meters;

    MailNotices(KeycloakSession session, Outbox outbox, Meters meters) {
        this.session = session;
        this.outbox = outbox;
        this.meters = meters;
    }

    @Override
    public boolean reach(UserModel user) {
        return new Address(realm(), user).isReachable();
    }

    @Override
    public void tell(UserModel user, Notice notice) {
        if (reach(user)) {
            Executor pool = session.getProvider(ExecutorsProvider.class).getExecutor(POOL);
            Letter letter = letter(user, notice, Circumstances.of(session, user));
            Delivery delivery = new Delivery(session.getKeycloakSessionFactory(), letter, meters);
            AfterCommit.run(session, () -> outbox.add(delivery, letter, pool));
        }
    }

    @Override
    public void tellAndWait(UserModel user, Notice notice) {
        if (reach(user)) {
            Letter letter = letter(user, notice, Circumstances.withoutRequest());
            AfterCommit.run(session, new Delivery(session.getKeycloakSessionFactory(), letter, meters));
        }
    }

    private Letter letter(UserModel user, Notice notice, Circumstances circumstances) {
        return new Letter(realm().getId(), realm().getName(), user.getId(), notice, circumstances);
    }

    private RealmModel realm() {
        return session.getContext().getRealm();
    }
}
