package io.github.backupcodes.challenge.factor;

import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.SendingLimit;
import io.github.backupcodes.challenge.SingleUseKey;
import io.github.backupcodes.challenge.store.ChallengeKey;
import io.github.backupcodes.challenge.store.ChallengeSending;
import io.github.backupcodes.challenge.store.ChallengeState;
import io.github.backupcodes.challenge.store.MessageChannel;
import io.github.backupcodes.challenge.store.SendingBlocks;
import io.github.backupcodes.challenge.store.SingleUseStore;
import io.github.backupcodes.challenge.store.StoreUnavailableException;
import io.github.backupcodes.challenge.store.VerificationMessageTask;
import io.github.backupcodes.metrics.BackupCodesMetrics;
import io.github.backupcodes.support.AfterCommit;
import io.github.backupcodes.support.SendingQueue;
import io.github.backupcodes.support.SendingThreadPool;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What all requests of this server share to send the codes of one factor. */
final class VerificationCodeServer {

    private static final Logger LOG = Logger.getLogger(VerificationCodeServer.class);

    /** What the name of Keycloak's thread pool begins with; with the name its size can be configured. */
    private static final String POOL = "backup-codes-";

    /** Beside notices, which have a queue of their own: many notices must not delay a code. */
    private static final int MAX_THREADS = 32;

    /** The kinds of the limits that many users share. */
    private static final Set<String> SHARED = Set.of(SendingClaims.REALM, SendingClaims.CALLING_CODE);

    private final BackupCodesMetrics metrics = BackupCodesMetrics.ofThisServer();
    private final SendingBlocks blocks = new SendingBlocks();
    private final VerificationCodeFactor factor;
    private final SendingQueue queue;
    private final SecureRandom random = new SecureRandom();

    VerificationCodeServer(VerificationCodeFactor factor) {
        this.factor = factor;
        this.queue = new SendingQueue(MAX_THREADS, factor.sendingThreads());
        metrics.measureQueue(factor.channel(), queue::waiting);
    }

    VerificationCodeFactor factor() {
        return factor;
    }

    BackupCodesMetrics metrics() {
        return metrics;
    }

    /** Whether a realm can send codes at all: it has a sender, and a key to derive codes with. */
    boolean canSend(KeycloakSession session, RealmModel realm) {
        return factor.hasSender(session, realm)
                && ChallengeKey.current(session, realm).isPresent();
    }

    /** Counts a message that a limit has prevented. The log says it too if the limit concerns many users. */
    void count(KeycloakSession session, ChallengeState state) {
        SendingLimit limit = state.limit();
        if (limit == null) {
            return;
        }
        RealmModel realm = session.getContext().getRealm();
        metrics.messageLimited(realm.getName(), factor.channel(), limit.kind());
        if (SHARED.contains(limit.kind()) && isFirstOfWindow(session, realm, limit)) {
            LOG.warnf(
                    "Realm %s has sent all codes of type %s that its settings allow: %d for %s in %s (limit of the %s).",
                    realm.getName(),
                    factor.type(),
                    limit.most(),
                    limit.purpose().id(),
                    limit.window(),
                    limit.kind());
        }
    }

    private boolean isFirstOfWindow(KeycloakSession session, RealmModel realm, SendingLimit limit) {
        try {
            return new SingleUseStore(session)
                    .reserve(
                            SingleUseKey.of(
                                    "lw",
                                    realm.getId(),
                                    factor.type(),
                                    limit.kind(),
                                    limit.purpose().id()),
                            limit.window().toSeconds());
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    /** Adds a message without a code to the queue, after the commit. */
    void enqueue(KeycloakSession session, SendingQueue.Task task) {
        Executor pool = pool(session);
        AfterCommit.run(session, () -> queue.add(task, pool));
    }

    private Executor pool(KeycloakSession session) {
        return SendingThreadPool.of(session, POOL + factor.type(), MAX_THREADS);
    }

    /** Sends codes to a user, with the circumstances of the request in the message. */
    ChallengeSending sending(KeycloakSession session, UserModel user, ChallengePurpose purpose) {
        Executor pool = pool(session);
        KeycloakSessionFactory sessions = session.getKeycloakSessionFactory();
        MessageChannel channel = factor.messages(session, user, purpose);
        return new ChallengeSending(
                session,
                user,
                blocks,
                (message, undo) ->
                        queue.add(new VerificationMessageTask(sessions, message, channel, undo, metrics), pool),
                random);
    }
}
