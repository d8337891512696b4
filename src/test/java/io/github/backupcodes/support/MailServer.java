package io.github.backupcodes.support;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.server.LoopbackAddress;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A real mail server on loopback, which keeps what it gets. */
public final class MailServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private MailServer() {
        mails.start();
    }

    /** A running server, without mails. */
    public static MailServer start() {
        return new MailServer();
    }

    /** How a realm reaches it. */
    public Map<String, String> smtp() {
        return smtp(mails.getSmtp().getPort());
    }

    /** How a realm reaches some mail server on loopback. */
    public static Map<String, String> smtp(int port) {
        LoopbackAddress.mustBeReached("the mail server of the tests");
        return Map.of("host", "127.0.0.1", "port", String.valueOf(port), "from", "keycloak@example.org");
    }

    /** What has come so far. */
    public List<Mail> mails() {
        return Arrays.stream(mails.getReceivedMessages()).map(Mail::of).toList();
    }

    /** The newest mail to an address, found without a look at all others; empty if none has come. */
    public Optional<Mail> newestTo(String address) {
        GreenMailUser user = mails.getUserManager().getUserByEmail(address);
        if (user == null) {
            return Optional.empty();
        }
        List<StoredMessage> inbox = inbox(user);
        return inbox.isEmpty()
                ? Optional.empty()
                : Optional.of(Mail.of(inbox.get(inbox.size() - 1).getMimeMessage()));
    }

    private List<StoredMessage> inbox(GreenMailUser user) {
        try {
            return mails.getManagers().getImapHostManager().getInbox(user).getMessages();
        } catch (FolderException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for a mail. */
    public Mail await(String subject) {
        return await(mail -> mail.subject().equals(subject), subject);
    }

    /** Waits for a mail. */
    public Mail await(Predicate<Mail> wanted, String name) {
        Awaitility.await(name).atMost(PATIENCE).until(() -> mails().stream().anyMatch(wanted));
        return mails().stream().filter(wanted).findFirst().orElseThrow();
    }

    /**
     * The link in the newest mail of Keycloak's to an address. It has come already, because Keycloak answers a request only when
     * its own mails are delivered; ours, whose links open another page, may come at any time.
     */
    public URI newestLink(String address) {
        return mails().stream()
                .filter(mail -> mail.to().equals(address))
                .filter(mail -> !mail.text().contains(Messages.of("backupCodesMailNotMe")))
                .reduce((older, newer) -> newer)
                .map(mail -> URI.create(mail.link()))
                .orElseThrow(() -> new IllegalStateException("no mail for " + address));
    }

    /** Stops it. */
    @Override
    public void close() {
        mails.stop();
    }

    /** A mail. */
    public record Mail(String to, String subject, String text, String html) {

        private static final Pattern CODE = Pattern.compile("(?m)^([0-9]{6,8})$");
        private static final Pattern LINK = Pattern.compile("https?://\\S+/login-actions/action-token\\?\\S+");

        /** The code in it, on a line of its own. */
        public String code() {
            Matcher code = CODE.matcher(text);
            if (!code.find()) {
                throw new IllegalStateException("no code in: " + subject);
            }
            return code.group(1);
        }

        /** Whether there is a code in it. */
        public boolean hasCode() {
            return CODE.matcher(text).find();
        }

        /** The link in it. */
        public String link() {
            Matcher link = LINK.matcher(text);
            if (!link.find()) {
                throw new IllegalStateException("no link in: " + subject);
            }
            return link.group();
        }

        private static Mail of(MimeMessage message) {
            try {
                MimeMultipart parts = (MimeMultipart) message.getContent();
                return new Mail(
                        message.getAllRecipients()[0].toString(),
                        message.getSubject(),
                        parts.getBodyPart(0).getContent().toString().replace("\r\n", "\n"),
                        parts.getBodyPart(1).getContent().toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
