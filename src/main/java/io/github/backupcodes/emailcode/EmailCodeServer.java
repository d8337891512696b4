package io.github.backupcodes.emailcode;

import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.store.ChallengeSending;
import io.github.backupcodes.challenge.store.SendingBlocks;
import io.github.backupcodes.challenge.store.VerificationMessageTask;
import io.github.backupcodes.metrics.BackupCodesMetrics;
import io.github.backupcodes.notification.NotificationContext;
import io.github.backupcodes.support.SendingQueue;
import java.security.SecureRandom;
import java.util.concurrent.Executor;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.UserModel;

/** What all requests of this server share to send codes by e-mail. */
final class EmailCodeServer {

    /** The name of Keycloak's thread pool, with which its size can be configured. */
    private static final String POOL = "backup-codes-email-code";

    /** Beside notices, which have a queue of their own: many notices must not delay a code. */
    private static final int MAX_THREADS = 4;

    private final BackupCodesMetrics metrics = BackupCodesMetrics.ofThisServer();
    private final SendingBlocks blocks = new SendingBlocks();
    private final SendingQueue queue = new SendingQueue(MAX_THREADS);
    private final SecureRandom random = new SecureRandom();

    EmailCodeServer() {
        metrics.measureQueue(EmailCodeMail.CHANNEL, queue::waiting);
    }

    BackupCodesMetrics metrics() {
        return metrics;
    }

    /** Sends codes to a user, with the circumstances of the request in the mail. */
    ChallengeSending sending(KeycloakSession session, UserModel user, ChallengePurpose purpose) {
        Executor pool = session.getProvider(ExecutorsProvider.class).getExecutor(POOL);
        KeycloakSessionFactory sessions = session.getKeycloakSessionFactory();
        EmailCodeMail mail = new EmailCodeMail(NotificationContext.of(session, user), purpose);
        return new ChallengeSending(
                session,
                user,
                blocks,
                (message, undo) -> queue.add(new VerificationMessageTask(sessions, message, mail, undo, metrics), pool),
                random);
    }
}
