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
 * Sends one message with a code, in its own session. It reads the challenge first: a request may have failed after it was committed,
 * another may have replaced the challenge, and the user may have been disabled meanwhile. Then nothing is sent.
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

    @Override
    public void run() {
        try {
            KeycloakModelUtils.runJobInTransaction(sessions, this::deliver);
        } catch (RuntimeException e) {
            LOG.errorf(
                    "A message with a code to user %s was not sent: %s",
                    message.userId(), e.getClass().getName());
            LOG.debug("Stack trace of the failure", e);
            giveUp(MessageStatus.Outcome.FAILED);
        }
    }

    /** Ends the message in a session of its own, because that of the sending is broken, or there was none. */
    private void giveUp(MessageStatus.Outcome outcome) {
        try {
            KeycloakModelUtils.runJobInTransaction(
                    sessions, session -> end(session, new ChallengeStore(new SingleUseStore(session)), outcome));
        } catch (RuntimeException e) {
            LOG.debug("The places of a message were not given back", e);
            count(outcome);
        }
    }

    private void deliver(KeycloakSession session) {
        RealmModel realm = session.realms().getRealm(message.realmId());
        if (realm == null) {
            return;
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
            end(session, challenges, MessageStatus.Outcome.DROPPED);
            return;
        }
        Optional<VerificationCode> code = ChallengeKey.find(
                        session, realm, message.challenge().keyId())
                .map(key -> key.code(message.scope(), message.challenge().nonce(), message.digits()));
        if (code.isEmpty()) {
            end(session, challenges, MessageStatus.Outcome.FAILED);
            return;
        }
        try {
            metrics.timedSending(() -> channel.send(session, user, message, code.get()));
            channel.record(session, user, message, true);
            end(session, challenges, MessageStatus.Outcome.SENT);
        } catch (MessageNotSentException e) {
            failed(session, user, challenges, e, e.reason());
        } catch (RuntimeException e) {
            failed(session, user, challenges, e, MessageNotSentException.Reason.FAILED);
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
    private void failed(
            KeycloakSession session,
            UserModel user,
            ChallengeStore challenges,
            Exception failure,
            MessageNotSentException.Reason reason) {
        LOG.warnf(
                "A message with a code to user %s of realm %s was not sent: %s",
                message.userId(), message.realmName(), root(failure).getClass().getName());
        channel.record(session, user, message, false);
        switch (reason) {
            case FAILED -> end(session, challenges, MessageStatus.Outcome.FAILED);
            case UNCERTAIN -> conclude(challenges, MessageStatus.Outcome.FAILED);
            case REFUSED -> conclude(challenges, MessageStatus.Outcome.REFUSED);
        }
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private void end(KeycloakSession session, ChallengeStore challenges, MessageStatus.Outcome outcome) {
        if (outcome != MessageStatus.Outcome.SENT) {
            undo.accept(session);
        }
        conclude(challenges, outcome);
    }

    /** Notes the outcome. The places of the message stay taken. */
    private void conclude(ChallengeStore challenges, MessageStatus.Outcome outcome) {
        challenges.put(
                message.challenge(), new MessageStatus(message.number(), message.queuedAt(), outcome), Instant.now());
        count(outcome);
    }

    @Override
    public void dropped(String reason) {
        LOG.warnf(
                "A message with a code to user %s of realm %s was dropped: %s",
                message.userId(), message.realmName(), reason);
        giveUp(MessageStatus.Outcome.DROPPED);
    }

    private void count(MessageStatus.Outcome outcome) {
        metrics.message(
                message.realmName(), channel.name(), message.scope().purpose().id(), outcome.id());
    }
}
