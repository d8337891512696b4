package io.github.backupcodes.notification;

import io.github.backupcodes.notification.NotificationMailBean.Text;
import io.github.backupcodes.support.LocalizedDates;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Composes the mail of a notification: selects its messages, facts and link. */
final class NotificationMailComposer {

    private static final String NO_VALUE = "";

    private final MailJob job;
    private final String site;
    private final Function<URI, NotMeLinkBuilder.Link> links;
    private final LocalizedDates dates;
    private final List<Text> before = new ArrayList<>();
    private final List<Text> facts = new ArrayList<>();
    private final List<Text> after = new ArrayList<>();
    private NotMeLinkBuilder.@Nullable Link link;

    /**
     * Takes what the mail is about.
     *
     * @param job    the queued mail
     * @param site   the display name of the realm
     * @param links  builds a link for "it was not me" from the URL of this server for users
     * @param locale the locale in which times are written
     */
    NotificationMailComposer(MailJob job, String site, Function<URI, NotMeLinkBuilder.Link> links, Locale locale) {
        this.job = job;
        this.site = site;
        this.links = links;
        this.dates = new LocalizedDates(locale);
    }

    NotificationMailBean bean() {
        String subject = compose(job.notification());
        NotMeLinkBuilder.Link to = link;
        return new NotificationMailBean(
                job.notification().kind(),
                site,
                subject,
                List.copyOf(before),
                List.copyOf(facts),
                List.copyOf(after),
                to == null ? null : to.url(),
                to == null ? null : dates.dateTime(to.expiresAt()));
    }

    /** Adds the messages and returns the message key of the subject. */
    private String compose(Notification notification) {
        if (notification instanceof Notification.CodesMade) {
            before.add(text("backupCodesMailMadeText"));
            origin();
            offerLink();
            return "backupCodesMailMadeSubject";
        }
        if (notification instanceof Notification.CodeUsed used) {
            return compose(used);
        }
        if (notification instanceof Notification.OldCodeTried) {
            before.add(text("backupCodesMailOldText"));
            origin();
            after.add(text("backupCodesMailOldIfYou"));
            after.add(text("backupCodesMailOldNotMe"));
            return "backupCodesMailOldSubject";
        }
        if (notification instanceof Notification.CodesPaused) {
            before.add(text("backupCodesMailPausedText"));
            origin();
            offerLink();
            return "backupCodesMailPausedSubject";
        }
        if (notification instanceof Notification.CodesDisabled) {
            before.add(text("backupCodesMailDisabledText"));
            origin();
            after.add(text("backupCodesMailMakeNew"));
            offerLink();
            return "backupCodesDisabledTitle";
        }
        if (notification instanceof Notification.ExpiringSoon expiring) {
            before.add(text("backupCodesMailExpiringText", expiring.expiresAt()));
            after.add(text("backupCodesMailMakeNew"));
            return "backupCodesMailExpiringSubject";
        }
        if (notification instanceof Notification.TemporaryCodeIssued issued) {
            before.add(text("backupCodesMailTemporaryText", issued.expiresAt()));
            time();
            offerLink();
            return "backupCodesMailTemporarySubject";
        }
        if (notification instanceof Notification.CodesImported) {
            before.add(text("backupCodesMailImportedText"));
            time();
            offerLink();
            return "backupCodesMailMadeSubject";
        }
        before.add(text("backupCodesMailRevokedText"));
        time();
        after.add(text("backupCodesMailRevokedNotExpected"));
        return "backupCodesMailRevokedSubject";
    }

    private String compose(Notification.CodeUsed used) {
        before.add(text("backupCodesMailUsedText"));
        origin();
        facts.add(new Text("backupCodesMailLeft", String.valueOf(used.remaining())));
        // a temporary code does not reduce the number of codes left
        if (used.few() && used.remaining() == 0) {
            after.add(text("backupCodesMailNoneLeft"));
            after.add(text("backupCodesMailMakeNew"));
        } else if (used.few()) {
            after.add(text("backupCodesMailFewLeft"));
            after.add(text("backupCodesMailMakeNew"));
        }
        offerLink();
        return used.few() ? "backupCodesMailUsedFewSubject" : "backupCodesMailUsedSubject";
    }

    private void origin() {
        time();
        fact("backupCodesMailAddress", job.context().address());
        fact("backupCodesMailClient", job.context().client());
    }

    /** Adds only the time to notifications of what an administrator did: the user must not see from where. */
    private void time() {
        fact("backupCodesMailTime", dates.dateTime(job.context().at()));
    }

    private void fact(String label, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            facts.add(new Text(label, value));
        }
    }

    /** Adds the link, or instructions without a link if the URL of this server is unknown. */
    private void offerLink() {
        URI baseUri = job.context().baseUri();
        if (baseUri == null) {
            after.add(text("backupCodesMailOldNotMe"));
        } else {
            link = links.apply(baseUri);
        }
    }

    private static Text text(String key) {
        return new Text(key, NO_VALUE);
    }

    private Text text(String key, Instant until) {
        return new Text(key, dates.dateTime(until));
    }
}
