package io.github.backupcodes.notification;

import io.github.backupcodes.notification.NotificationMailBean.Text;
import io.github.backupcodes.support.CredentialTypes;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Composes the mail of a notification: selects its messages, facts and link. */
final class NotificationMailComposer {

    private static final String NO_VALUE = "";

    private final MailJob job;
    private final NotificationMailRecipient recipient;
    private final BiFunction<URI, NotMeDetails, NotMeLinkBuilder.Link> links;
    private final List<Text> before = new ArrayList<>();
    private final NotificationFacts facts = new NotificationFacts();
    private final List<Text> after = new ArrayList<>();
    private boolean originShown;
    private boolean linkOffered;

    /**
     * Takes what the mail is about.
     *
     * @param job       the queued mail
     * @param recipient whom it is for
     * @param links     builds a link for "it was not me" from the URL of this server for users and what the page behind it says
     */
    NotificationMailComposer(
            MailJob job,
            NotificationMailRecipient recipient,
            BiFunction<URI, NotMeDetails, NotMeLinkBuilder.Link> links) {
        this.job = job;
        this.recipient = recipient;
        this.links = links;
    }

    NotificationMailBean bean() {
        facts.account(recipient.account());
        String subject = compose(job.notification());
        NotMeLinkBuilder.Link link = link(subject);
        return new NotificationMailBean(
                job.notification().kind(),
                recipient.site(),
                subject,
                List.copyOf(before),
                facts.lines(),
                List.copyOf(after),
                link == null ? null : link.url(),
                link == null ? null : recipient.dates().dateTime(link.expiresAt()),
                recipient.help());
    }

    /** The link, or instructions without a link if the URL of this server is unknown. */
    private NotMeLinkBuilder.@Nullable Link link(String subject) {
        URI baseUri = job.context().baseUri();
        if (!linkOffered) {
            return null;
        }
        if (baseUri == null) {
            after.add(text(factorMail(job.notification()) == null ? "backupCodesMailOldNotMe" : "emailCodeMailNotMe"));
            return null;
        }
        NotificationContext origin = job.context();
        NotMeDetails details = originShown
                ? new NotMeDetails(subject, origin.address(), origin.client())
                : new NotMeDetails(subject, null, null);
        return links.apply(baseUri, details);
    }

    /** Adds the messages and returns the message key of the subject. */
    private String compose(Notification notification) {
        if (notification instanceof Notification.CodesMade made) {
            before.add(text("backupCodesMailMadeText"));
            replaced(made.replacing());
            origin();
            linkOffered = true;
            return "backupCodesMailMadeSubject";
        }
        if (notification instanceof Notification.CodeUsed used) {
            return compose(used);
        }
        if (notification instanceof Notification.TemporaryCodeUsed) {
            before.add(text("backupCodesMailTemporaryUsedText"));
            before.add(text("backupCodesMailTemporaryOver"));
            origin();
            linkOffered = true;
            return "backupCodesMailTemporaryUsedSubject";
        }
        if (notification instanceof Notification.OldCodeTried old) {
            return compose(old);
        }
        if (notification instanceof Notification.TemporaryCodeTriedAgain) {
            before.add(text("backupCodesMailTemporaryAgainText"));
            origin();
            after.add(text("backupCodesMailTemporaryAgainIfYou"));
            linkOffered = true;
            return "backupCodesMailTemporaryAgainSubject";
        }
        if (notification instanceof Notification.CodesPaused) {
            before.add(text("backupCodesMailPausedText"));
            origin();
            linkOffered = true;
            return "backupCodesMailPausedSubject";
        }
        if (notification instanceof Notification.CodesDisabled) {
            before.add(text("backupCodesMailDisabledText"));
            origin();
            after.add(text("backupCodesMailMakeNew"));
            linkOffered = true;
            return "backupCodesDisabledTitle";
        }
        if (notification instanceof Notification.TemporaryCodeDisabled) {
            before.add(text("backupCodesMailTooManyText"));
            before.add(text("backupCodesMailTemporaryOver"));
            origin();
            linkOffered = true;
            return "backupCodesMailPausedSubject";
        }
        if (notification instanceof Notification.CodesDeleted) {
            before.add(text("backupCodesMailDeletedText"));
            origin();
            after.add(text("backupCodesMailMakeNew"));
            linkOffered = true;
            return "backupCodesMailRevokedSubject";
        }
        return composeFactor(notification).orElseGet(() -> composeScheduledOrAdministrative(notification));
    }

    /** What happened to a factor whose codes are sent, or after a weak sign-in; empty if the notification is about something else. */
    private Optional<String> composeFactor(Notification notification) {
        String mail = factorMail(notification);
        if (mail == null) {
            return Optional.empty();
        }
        if (notification instanceof Notification.VerificationCodeRevoked revoked) {
            before.add(text(mail + "Text"));
            time();
            after.add(text("backupCodesMailRevokedNotExpected"));
            return Optional.of(prefix(revoked) + "MailOffSubject");
        }
        String factor = recipient.factor();
        before.add(factor == null ? text(mail + "Text") : new Text(mail + "Text", factor));
        origin();
        linkOffered = true;
        return Optional.of(subject(notification, mail));
    }

    private static String subject(Notification notification, String mail) {
        if (notification instanceof Notification.VerificationCodeDeleted deleted) {
            return prefix(deleted) + "MailOffSubject";
        }
        // these do not say how the codes were sent
        if (notification instanceof Notification.VerificationCodePaused) {
            return "emailCodeMailPausedSubject";
        }
        return notification instanceof Notification.VerificationCodesUnused
                ? "emailCodeMailUnusedSubject"
                : mail + "Subject";
    }

    /** The beginning of the message keys. */
    private static @Nullable String factorMail(Notification notification) {
        if (notification instanceof Notification.WeakFactorAdded) {
            return "emailCodeMailWeak";
        }
        if (notification instanceof Notification.StrongerFactorRemoved) {
            return "emailCodeMailStronger";
        }
        return notification instanceof Notification.OfVerificationCode factor ? prefix(factor) + mail(factor) : null;
    }

    private static String mail(Notification.OfVerificationCode notification) {
        if (notification instanceof Notification.VerificationCodeSetUp setUp) {
            // a mail address is replaced only after its account has changed it, which has a mail of its own
            return setUp.replacing() && CredentialTypes.SMS_CODE.equals(setUp.type()) ? "MailChanged" : "MailOn";
        }
        if (notification instanceof Notification.VerificationCodePaused) {
            return "MailPaused";
        }
        if (notification instanceof Notification.VerificationCodeDisabled) {
            return "MailDisabled";
        }
        if (notification instanceof Notification.VerificationCodesUnused) {
            return "MailUnused";
        }
        return notification instanceof Notification.VerificationCodeDeleted ? "MailDeleted" : "MailRevoked";
    }

    /** What the keys of a factor begin with. */
    private static String prefix(Notification.OfVerificationCode notification) {
        return CredentialTypes.SMS_CODE.equals(notification.type()) ? "smsCode" : "emailCode";
    }

    /** What no browser of the user has caused: the user must not see from where an administrator did it. */
    private String composeScheduledOrAdministrative(Notification notification) {
        if (notification instanceof Notification.ExpiringSoon expiring) {
            before.add(text("backupCodesMailExpiringText", expiring.expiresAt()));
            after.add(text("backupCodesMailMakeNew"));
            return "backupCodesMailExpiringSubject";
        }
        time();
        if (notification instanceof Notification.TemporaryCodeIssued issued) {
            before.add(text("backupCodesMailTemporaryText", issued.expiresAt()));
            linkOffered = true;
            return "backupCodesMailTemporarySubject";
        }
        if (notification instanceof Notification.CodesImported imported) {
            before.add(text("backupCodesMailImportedText"));
            replaced(imported.replacing());
            linkOffered = true;
            return "backupCodesMailMadeSubject";
        }
        if (notification instanceof Notification.TemporaryCodeRevoked) {
            before.add(text("backupCodesMailTemporaryRevokedText"));
            before.add(text("backupCodesMailTemporaryOver"));
            after.add(text("backupCodesMailRevokedNotExpected"));
            return "backupCodesMailTemporaryRevokedSubject";
        }
        before.add(text("backupCodesMailRevokedText"));
        after.add(text("backupCodesMailRevokedNotExpected"));
        return "backupCodesMailRevokedSubject";
    }

    private String compose(Notification.CodeUsed used) {
        boolean last = used.remaining() == 0;
        before.add(text("backupCodesMailUsedText"));
        if (last) {
            before.add(text("backupCodesMailNoneLeft"));
        }
        origin();
        facts.line("backupCodesMailLeft", String.valueOf(used.remaining()));
        if (used.few() && !last) {
            after.add(text("backupCodesMailFewLeft"));
        }
        if (used.few() || last) {
            after.add(text("backupCodesMailMakeNew"));
        }
        linkOffered = true;
        if (last) {
            return "backupCodesMailUsedLastSubject";
        }
        return used.few() ? "backupCodesMailUsedFewSubject" : "backupCodesMailUsedSubject";
    }

    /** With no code left it is no use to look for another one in the list. */
    private String compose(Notification.OldCodeTried old) {
        if (old.noneLeft()) {
            before.add(text("backupCodesMailOldNoneLeft"));
        }
        before.add(text("backupCodesMailOldText"));
        origin();
        after.add(text(old.noneLeft() ? "backupCodesMailMakeNew" : "backupCodesMailOldIfYou"));
        after.add(text("backupCodesMailOldNotMe"));
        return old.noneLeft() ? "backupCodesMailOldNoneLeftSubject" : "backupCodesMailOldSubject";
    }

    private void replaced(boolean replacing) {
        if (replacing) {
            before.add(text("backupCodesMailReplaced"));
        }
    }

    private void origin() {
        time();
        facts.origin(job.context().address(), recipient.application());
        originShown = true;
    }

    private void time() {
        facts.time(recipient.dates().dateTime(job.context().at()));
    }

    private static Text text(String key) {
        return new Text(key, NO_VALUE);
    }

    private Text text(String key, Instant until) {
        return new Text(key, recipient.dates().dateTime(until));
    }
}
