package io.github.backupcodes.sms;

import io.github.backupcodes.notification.NotificationContext;
import io.github.backupcodes.sms.message.SmsTextKey;
import io.github.backupcodes.sms.sender.SmsMessage;
import io.github.backupcodes.sms.sender.SmsOutcome;
import io.github.backupcodes.sms.sender.SmsPurpose;
import io.github.backupcodes.sms.sender.SmsSenders;
import io.github.backupcodes.support.SendingQueue;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Tells a number that codes go to another one from now on: somebody else may have changed it. A failure is only logged. */
final class OldNumberNoticeTask implements SendingQueue.Task {

    private static final Logger LOG = Logger.getLogger(OldNumberNoticeTask.class);

    private final KeycloakSessionFactory sessions;
    private final String realmId;
    private final String userId;
    private final NotificationContext context;
    private final String number;

    /**
     * Takes the change.
     *
     * @param number the old number, in E.164
     */
    OldNumberNoticeTask(KeycloakSession session, UserModel user, String number) {
        this.sessions = session.getKeycloakSessionFactory();
        this.realmId = session.getContext().getRealm().getId();
        this.userId = user.getId();
        this.context = NotificationContext.of(session, user);
        this.number = number;
    }

    @Override
    public String share() {
        return realmId + " notice";
    }

    @Override
    public String recipient() {
        return userId;
    }

    @Override
    public void dropped(String reason) {
        LOG.warnf("The message to the old number of user %s was dropped: %s", userId, reason);
    }

    @Override
    public void run() {
        try {
            KeycloakModelUtils.runJobInTransaction(sessions, this::send);
        } catch (RuntimeException e) {
            LOG.errorf(
                    "The message to the old number of user %s was not sent: %s",
                    userId, e.getClass().getName());
            LOG.debug("Stack trace of the failure", e);
        }
    }

    private void send(KeycloakSession session) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return;
        }
        session.getContext().setRealm(realm);
        UserModel user = session.users().getUserById(realm, userId);
        if (user == null) {
            return;
        }
        SmsMessage message = SmsMessages.of(session, user, context)
                .withoutCode(SmsPurpose.NOTICE, SmsTextKey.NUMBER_CHANGED, number);
        Supplier<SmsOutcome> sending = SmsSenders.of(session, realm).prepare(message);
        // gives the database connection back: the gateway may take seconds to answer
        session.getTransactionManager().commit();
        SmsOutcome outcome = sending.get();
        LOG.debugf(
                "The message to the old number of user %s: %s",
                userId, outcome.getClass().getSimpleName());
    }
}
