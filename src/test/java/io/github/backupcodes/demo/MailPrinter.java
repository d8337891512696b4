package io.github.backupcodes.demo;

import io.github.backupcodes.support.MailServer;
import java.util.List;
import java.util.function.Consumer;

/** Catches the mails of the demo and says what has come. */
final class MailPrinter implements AutoCloseable {

    private final MailServer mails = MailServer.start();
    private int said;

    /** The port of the mail server, on loopback. */
    String port() {
        return mails.smtp().getOrDefault("port", "");
    }

    void sayNews(Consumer<String> out) {
        List<MailServer.Mail> all = mails.mails();
        for (MailServer.Mail mail : all.subList(said, all.size())) {
            // the line before may be a code that counts down
            out.accept("\rMail to " + mail.to() + ": " + mail.subject());
        }
        said = all.size();
    }

    @Override
    public void close() {
        mails.close();
    }
}
