package io.github.backupcodes.emailcode;

import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.SendingLimit;
import io.github.backupcodes.challenge.SingleUseKey;
import io.github.backupcodes.challenge.store.ChallengeSending;
import io.github.backupcodes.challenge.store.ChallengeState;
import io.github.backupcodes.challenge.store.SendingBlocks;
import io.github.backupcodes.challenge.store.SingleUseStore;
import io.github.backupcodes.challenge.store.StoreUnavailableException;
import io.github.backupcodes.challenge.store.VerificationMessageTask;
import io.github.backupcodes.metrics.BackupCodesMetrics;
import io.github.backupcodes.notification.NotificationContext;
import io.github.backupcodes.support.SendingQueue;
import java.security.SecureRandom;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What all requests of this server share to send codes by e-mail. */
final class EmailCodeServer {

    private static final Logger LOG = Logger.getLogger(EmailCodeServer.class);

    /** The name of Keycloak's thread pool, with which its size can be configured. */
    private static final String POOL = "backup-codes-email-code";

    /** Beside notices, which have a queue of their own: many notices must not delay a code. */
    private static final int MAX_THREADS = 32;

    /** Of a realm for one purpose: a realm whose mail server hangs delays no other. */
    private static final int MAX_THREADS_OF_SHARE = 4;

    private final BackupCodesMetrics metrics = BackupCodesMetrics.ofThisServer();
    private final SendingBlocks blocks = new SendingBlocks();
    private final SendingQueue queue = new SendingQueue(MAX_THREADS, MAX_THREADS_OF_SHARE);
    private final SecureRandom random = new SecureRandom();

    EmailCodeServer() {
        metrics.measureQueue(EmailCodeMail.CHANNEL, queue::waiting);
    }

    BackupCodesMetrics metrics() {
        return metrics;
    }

    /** Counts a message that a limit has prevented. That of a realm concerns all its users, so the log says it too. */
    void count(KeycloakSession session, ChallengeState state) {
        SendingLimit limit = state.limit();
        if (limit == null) {
            return;
        }
        RealmModel realm = session.getContext().getRealm();
        metrics.messageLimited(realm.getName(), limit.kind());
        if (EmailCodeLimits.REALM.equals(limit.kind()) && isFirstOfHour(session, realm, limit)) {
            LOG.warnf(
                    "Realm %s has sent all codes by email that its settings allow: %d for %s in %s.",
                    realm.getName(), limit.most(), limit.purpose().id(), limit.window());
        }
    }

    private static boolean isFirstOfHour(KeycloakSession session, RealmModel realm, SendingLimit limit) {
        try {
            return new SingleUseStore(session)
                    .reserve(
                            SingleUseKey.of("lw", realm.getId(), limit.purpose().id()),
                            limit.window().toSeconds());
        } catch (StoreUnavailableException e) {
            return false;
        }
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
