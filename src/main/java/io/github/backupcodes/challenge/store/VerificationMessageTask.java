package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.Challenge;
import io.github.backupcodes.challenge.VerificationCode;
import io.github.backupcodes.metrics.BackupCodesMetrics;
import io.github.backupcodes.support.SendingQueue;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.managers.BruteForceProtector;

/**
 * Sends one message with a code. It reads the challenge first: a request may have failed after it was committed, another may have
 * replaced the challenge, and the user may have been disabled meanwhile. Then nothing is sent. While a text message is sent, no
 * transaction is open, so that a gateway that hangs holds no database connection. Keycloak's mails need one, because their templates
 * read the user.
 */
public final class VerificationMessageTask implements SendingQueue.Task {

    private static final Logger LOG = Logger.getLogger(VerificationMessageTask.class);

    private final KeycloakSessionFactory sessions;
    private final VerificationMessage message;
    private final MessageChannel channel;
    private final Consumer<KeycloakSession> undo;
    private final BackupCodesMetrics metrics;

    /**
     * Takes the message.
     *
     * @param undo gives the places of the message back if it cannot be sent
     */
    public VerificationMessageTask(
            KeycloakSessionFactory sessions,
            VerificationMessage message,
            MessageChannel channel,
            Consumer<KeycloakSession> undo,
            BackupCodesMetrics metrics) {
        this.sessions = sessions;
        this.message = message;
        this.channel = channel;
        this.undo = undo;
        this.metrics = metrics;
    }

    @Override
    public String share() {
        return message.realmId() + ' ' + message.scope().purpose().id();
    }

    @Override
    public String recipient() {
        return message.scope().key().value();
    }

    /**
     * What became of the message.
     *
     * @param keepsPlaces whether its places stay taken, because it was sent, may have been, or would be refused again
     * @param attempted   whether it was given to the channel
     */
    private record SendingResult(MessageStatus.Outcome outcome, boolean keepsPlaces, boolean attempted) {

        private static final SendingResult SENT = new SendingResult(MessageStatus.Outcome.SENT, true, true);

        private static SendingResult notAttempted(MessageStatus.Outcome outcome) {
            return new SendingResult(outcome, false, false);
        }

        private static SendingResult notSent(MessageNotSentException.Reason reason) {
            return switch (reason) {
                case FAILED -> new SendingResult(MessageStatus.Outcome.FAILED, false, true);
                case UNCERTAIN -> new SendingResult(MessageStatus.Outcome.FAILED, true, true);
                case REFUSED -> new SendingResult(MessageStatus.Outcome.REFUSED, true, true);
            };
        }
    }

    @Override
    public void run() {
        SendingResult result;
        try {
            result = KeycloakModelUtils.runJobInTransactionWithResult(sessions, this::deliver);
        } catch (RuntimeException e) {
            LOG.errorf(
                    "A message with a code to user %s was not sent: %s",
                    message.userId(), e.getClass().getName());
            LOG.debug("Stack trace of the failure", e);
            result = SendingResult.notAttempted(MessageStatus.Outcome.FAILED);
        }
        end(result);
    }

    private SendingResult deliver(KeycloakSession session) {
        RealmModel realm = session.realms().getRealm(message.realmId());
        if (realm == null) {
            return SendingResult.notAttempted(MessageStatus.Outcome.DROPPED);
        }
        session.getContext().setRealm(realm);
        ChallengeStore challenges = new ChallengeStore(new SingleUseStore(session));
        Optional<Challenge> current = challenges.find(message.scope());
        UserModel user = session.users().getUserById(realm, message.userId());
        if (current.filter(message.challenge()::equals).isEmpty()
                || user == null
                || !mayGetMessages(session, user)
                || message.isLate(Instant.now())) {
            LOG.debugf("A message with a code to user %s is no longer wanted", message.userId());
            return SendingResult.notAttempted(MessageStatus.Outcome.DROPPED);
        }
        Optional<VerificationCode> code = ChallengeKey.find(
                        session, realm, message.challenge().keyId())
                .map(key -> key.code(message.scope(), message.challenge().nonce(), message.digits()));
        if (code.isEmpty()) {
            return SendingResult.notAttempted(MessageStatus.Outcome.FAILED);
        }
        try {
            MessageChannel.MessageDelivery delivery = channel.prepare(session, user, message, code.get());
            if (!channel.sendsInTransaction()) {
                // gives the database connection back: the other side may take seconds to answer
                session.getTransactionManager().commit();
            }
            metrics.timedSending(delivery::send);
            return SendingResult.SENT;
        } catch (MessageNotSentException e) {
            return failed(e, e.reason());
        } catch (RuntimeException e) {
            return failed(e, MessageNotSentException.Reason.FAILED);
        }
    }

    private boolean mayGetMessages(KeycloakSession session, UserModel user) {
        RealmModel realm = session.getContext().getRealm();
        return user.isEnabled()
                && channel.isDestinationOf(session, user, message.scope().destination())
                && !(realm.isBruteForceProtected()
                        && session.getProvider(BruteForceProtector.class).isTemporarilyDisabled(session, realm, user));
    }

    /** The message of an exception may quote the address. */
    private SendingResult failed(Exception failure, MessageNotSentException.Reason reason) {
        LOG.warnf(
                "A message with a code to user %s of realm %s was not sent: %s",
                message.userId(), message.realmName(), root(failure).getClass().getName());
        return SendingResult.notSent(reason);
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Notes the outcome in a session of its own: that of the sending is at its end, or broken. */
    private void end(SendingResult result) {
        try {
            KeycloakModelUtils.runJobInTransaction(sessions, session -> note(session, result));
        } catch (RuntimeException e) {
            LOG.debug("The outcome of a message was not noted", e);
        }
        metrics.message(
                message.realmName(),
                channel.name(),
                message.scope().purpose().id(),
                result.outcome().id());
    }

    private void note(KeycloakSession session, SendingResult result) {
        if (!result.keepsPlaces()) {
            undo.accept(session);
        }
        new ChallengeStore(new SingleUseStore(session))
                .put(
                        message.challenge(),
                        new MessageStatus(message.number(), message.queuedAt(), result.outcome()),
                        Instant.now());
        RealmModel realm = session.realms().getRealm(message.realmId());
        if (!result.attempted() || realm == null) {
            return;
        }
        session.getContext().setRealm(realm);
        UserModel user = session.users().getUserById(realm, message.userId());
        if (user != null) {
            channel.record(session, user, message, result.outcome() == MessageStatus.Outcome.SENT);
        }
    }

    @Override
    public void dropped(String reason) {
        LOG.warnf(
                "A message with a code to user %s of realm %s was dropped: %s",
                message.userId(), message.realmName(), reason);
        end(SendingResult.notAttempted(MessageStatus.Outcome.DROPPED));
    }
}
