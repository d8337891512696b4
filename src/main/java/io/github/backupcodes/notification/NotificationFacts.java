package io.github.backupcodes.notification;

import io.github.backupcodes.policy.PrintableText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines that say which account is concerned, and when, where and how something happened to it: in a mail and on the page behind its
 * link.
 */
public final class NotificationFacts {

    private final List<NotificationMailBean.Text> lines = new ArrayList<>();

    /** The account, by its user name: users may have several accounts with one mail address. */
    public NotificationFacts account(String username) {
        return line("backupCodesMailAccount", PrintableText.of(username));
    }

    /** When it happened, as users read it. */
    public NotificationFacts time(String time) {
        return line("backupCodesMailTime", time);
    }

    /** From where, and in which application; nothing of what is null. */
    public NotificationFacts origin(@Nullable String address, @Nullable String application) {
        return line("backupCodesMailAddress", address).line("backupCodesMailClient", application);
    }

    /** A line, unless its value is missing. */
    NotificationFacts line(String label, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            lines.add(new NotificationMailBean.Text(label, value));
        }
        return this;
    }

    /** The lines: the message key of a label, and the value beside it. */
    public List<NotificationMailBean.Text> lines() {
        return List.copyOf(lines);
    }
}
