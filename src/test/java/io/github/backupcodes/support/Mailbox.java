package io.github.backupcodes.support;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail server on loopback that a realm sends through, and the mailboxes of its users. */
public final class Mailbox implements AutoCloseable {

    private static final Pattern LINK = Pattern.compile("https?://\\S+");

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    /** Starts it. */
    public Mailbox() {
        Loopback.mustBeReached("the mail server of the tests");
        server.start();
    }

    /**
     * What a realm has to know of it.
     *
     * @return the value of {@code smtpServer} in {@code RealmRepresentation}
     */
    public Map<String, String> smtpServer() {
        return Map.of(
                "host",
                "127.0.0.1",
                "port",
                String.valueOf(server.getSmtp().getPort()),
                "from",
                "keycloak@example.org");
    }

    /**
     * The link in the newest mail to somebody. Keycloak answers a request only when its mail is delivered.
     *
     * @param address the address
     * @return the first link
     * @throws IllegalStateException when there is no mail, or no link in it
     */
    public URI link(String address) {
        MimeMessage[] messages = server.getReceivedMessagesForDomain(address);
        if (messages.length == 0) {
            throw new IllegalStateException("no mail for " + address);
        }
        try {
            Matcher link = LINK.matcher(text(messages[messages.length - 1].getContent()));
            if (!link.find()) {
                throw new IllegalStateException("no link in the mail for " + address);
            }
            return URI.create(link.group());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Object content) throws IOException, MessagingException {
        if (content instanceof MimeMultipart parts) {
            BodyPart first = parts.getBodyPart(0);
            return text(first.getContent());
        }
        return String.valueOf(content);
    }

    /** Stops it. */
    @Override
    public void close() {
        server.stop();
    }
}
