package io.github.backupcodes.notification;

import io.github.backupcodes.metrics.BackupCodesMetrics;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.policy.SiteName;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.LocalizedDates;
import io.github.backupcodes.support.SendingQueue;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

/** Sends one mail, in its own session. A failure is only recorded: as an event, in the log and in the metrics. */
final class SendMailTask implements SendingQueue.Task {

    private static final Logger LOG = Logger.getLogger(SendMailTask.class);

    /** A user who tries a whole list of old codes, or continues after every pause, gets one mail, not ten. */
    private static final Duration BETWEEN_MAILS = Duration.ofHours(1);

    private static final String TEMPLATE = "backup-codes-notice.ftl";

    private final KeycloakSessionFactory sessions;
    private final MailJob job;
    private final BackupCodesMetrics metrics;

    SendMailTask(KeycloakSessionFactory sessions, MailJob job, BackupCodesMetrics metrics) {
        this.sessions = sessions;
        this.job = job;
        this.metrics = metrics;
    }

    @Override
    public String share() {
        return job.realmId();
    }

    @Override
    public String recipient() {
        return job.userId();
    }

    /** Without an event, because these would be a flood too. */
    @Override
    public void dropped(String reason) {
        LOG.warnf(
                "The mail %s to user %s of realm %s was dropped: %s",
                job.notification().kind(), job.userId(), job.realmName(), reason);
        count(BackupCodesMetrics.Outcome.DROPPED);
    }

    @Override
    public void run() {
        try {
            KeycloakModelUtils.runJobInTransaction(sessions, this::deliver);
        } catch (RuntimeException e) {
            // not even the event could be stored
            LOG.errorf(
                    e, "The mail %s to user %s was not sent", job.notification().kind(), job.userId());
            count(BackupCodesMetrics.Outcome.FAILED);
        }
    }

    private void deliver(KeycloakSession session) {
        RealmModel realm = session.realms().getRealm(job.realmId());
        if (realm == null) {
            return;
        }
        session.getContext().setRealm(realm);
        UserModel user = session.users().getUserById(realm, job.userId());
        if (user == null || !EmailNotificationProvider.canReceiveMail(realm, user) || !isDue(session)) {
            return;
        }
        try {
            send(session, realm, user);
            count(BackupCodesMetrics.Outcome.SENT);
        } catch (EmailException | RuntimeException e) {
            failed(session, realm, e);
        }
    }

    /** In the realm's e-mail theme and the user's language. One pair of templates serves all notifications. */
    private void send(KeycloakSession session, RealmModel realm, UserModel user) throws EmailException {
        UserMail letter = new UserMail(session, realm, user, job.context());
        NotMeLinkBuilder links = new NotMeLinkBuilder(session, realm, user, job);
        NotificationMailBean mail =
                new NotificationMailComposer(job, recipient(session, realm, user, letter.locale()), links::make).bean();
        letter.send(mail.getSubject(), List.of(), TEMPLATE, "notice", mail);
    }

    private NotificationMailRecipient recipient(
            KeycloakSession session, RealmModel realm, UserModel user, Locale locale) {
        String client = job.context().client();
        return new NotificationMailRecipient(
                SiteName.of(realm),
                user.getUsername(),
                client == null ? null : new ApplicationName(session, realm, locale).of(client),
                factor().map(new FactorName(session, realm, locale)::of).orElse(null),
                LocalizedDates.of(locale, user),
                BackupCodesPolicy.of(realm).helpContact());
    }

    /** The name of the factor that the mail is about. */
    private Optional<String> factor() {
        if (job.notification() instanceof Notification.WeakFactorAdded added) {
            return Optional.of(added.name());
        }
        return job.notification() instanceof Notification.StrongerFactorRemoved removed
                ? Optional.of(removed.name())
                : Optional.empty();
    }

    /** Decided for the whole cluster and all that the user has, when the mail would be sent. */
    private boolean isDue(KeycloakSession session) {
        return !job.notification().isAtMostHourly()
                || session.singleUseObjects().putIfAbsent(keyOfHour(), BETWEEN_MAILS.toSeconds());
    }

    private String keyOfHour() {
        return "backup-codes.mail." + job.notification().kind() + "." + job.userId();
    }

    /** The message of an exception may quote the address. Keycloak logs what the mail server answers. */
    private void failed(KeycloakSession session, RealmModel realm, Exception failure) {
        LOG.warnf(
                "The mail %s to user %s of realm %s was not sent: %s",
                job.notification().kind(),
                job.userId(),
                job.realmName(),
                root(failure).getClass().getName());
        count(BackupCodesMetrics.Outcome.FAILED);
        if (job.notification().isAtMostHourly()) {
            // the next mail must be tried, because the user was not notified
            session.singleUseObjects().remove(keyOfHour());
        }
        new EventBuilder(realm, session)
                .event(EventType.CUSTOM_REQUIRED_ACTION)
                .user(job.userId())
                .ipAddress(job.context().address())
                .detail(Details.CUSTOM_REQUIRED_ACTION, BackupCodesPolicy.REQUIRED_ACTION)
                .detail(Details.CREDENTIAL_TYPE, CredentialTypes.BACKUP_CODES)
                .detail("backup_codes_mail", job.notification().kind())
                .storeImmediately(false)
                .error(Errors.EMAIL_SEND_FAILED);
    }

    /** Keycloak's own exceptions do not contain the cause in their message. */
    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private void count(BackupCodesMetrics.Outcome outcome) {
        metrics.mail(job.realmName(), job.notification().kind(), outcome);
    }
}
