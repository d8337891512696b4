package io.github.backupcodes.notification;

import io.github.backupcodes.metrics.Meters;
import io.github.backupcodes.policy.Policy;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.keycloak.email.EmailException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Sends one mail, in a session of its own. A failure is an event, a line in the log and a count, and nothing else. */
final class Delivery implements Runnable {

    private static final Logger LOG = Logger.getLogger(Delivery.class);

    /** Who tries a whole list of old codes brings one mail, not ten; so does who guesses on after every pause. */
    private static final Duration BETWEEN_MAILS = Duration.ofHours(1);

    private static final String CREDENTIAL_TYPE = "backup-codes";

    private final KeycloakSessionFactory sessions;
    private final Letter letter;
    private final Meters meters;

    Delivery(KeycloakSessionFactory sessions, Letter letter, Meters meters) {
        this.sessions = sessions;
        this.letter = letter;
        this.meters = meters;
    }

    @Override
    public void run() {
        try {
            KeycloakModelUtils.runJobInTransaction(sessions, this::deliver);
        } catch (RuntimeException e) {
            // not even the event could be stored
            LOG.errorf(e, "The mail %s to user %s was not sent", letter.notice().kind(), letter.userId());
            count(Meters.Outcome.FAILED);
        }
    }

    private void deliver(KeycloakSession session) {
        RealmModel realm = session.realms().getRealm(letter.realmId());
        if (realm == null) {
            return;
        }
        session.getContext().setRealm(realm);
        UserModel user = session.users().getUserById(realm, letter.userId());
        if (user == null || !new Address(realm, user).isReachable() || !isDue(session)) {
            return;
        }
        try {
            new Mail(session, realm, user, letter).send();
            count(Meters.Outcome.SENT);
        } catch (EmailException | RuntimeException e) {
            failed(session, realm, e);
        }
    }

    /** Decided for the whole cluster and all that the user has, when the mail would be sent. */
    private boolean isDue(KeycloakSession session) {
        return !letter.notice().isAtMostHourly()
                || session.singleUseObjects().putIfAbsent(keyOfHour(), BETWEEN_MAILS.toSeconds());
    }

    private String keyOfHour() {
        return "backup-codes.mail." + letter.notice().kind() + "." + letter.userId();
    }

    private void failed(KeycloakSession session, RealmModel realm, Exception failure) {
        LOG.warnf(
                "The mail %s to user %s of realm %s was not sent: %s",
                letter.notice().kind(), letter.userId(), letter.realmName(), root(failure));
        LOG.debug("Stack trace of the failure", failure);
        count(Meters.Outcome.FAILED);
        if (letter.notice().isAtMostHourly()) {
            // the next one shall be tried: the user was told nothing
            session.singleUseObjects().remove(keyOfHour());
        }
        new EventBuilder(realm, session)
                .event(EventType.CUSTOM_REQUIRED_ACTION)
                .user(letter.userId())
                .ipAddress(letter.circumstances().address())
                .detail(Details.CUSTOM_REQUIRED_ACTION, Policy.REQUIRED_ACTION)
                .detail(Details.CREDENTIAL_TYPE, CREDENTIAL_TYPE)
                .detail("backup_codes_mail", letter.notice().kind())
                .storeImmediately(false)
                .error(Errors.EMAIL_SEND_FAILED);
    }

    /** Keycloak's own exceptions only say that there was one. */
    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private void count(Meters.Outcome outcome) {
        meters.mail(letter.realmName(), letter.notice().kind(), outcome);
    }
}
