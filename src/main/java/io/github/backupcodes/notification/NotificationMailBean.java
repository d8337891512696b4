package io.github.backupcodes.notification;

import io.github.backupcodes.policy.HelpContact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The template model of a mail. Public, with getters, because FreeMarker reads it. */
public final class NotificationMailBean {

    private final String kind;
    private final String site;
    private final String subject;
    private final List<Text> before;
    private final List<Text> facts;
    private final List<Text> after;
    private final @Nullable String link;
    private final @Nullable String linkEnd;
    private final @Nullable HelpContact help;

    NotificationMailBean(
            String kind,
            String site,
            String subject,
            List<Text> before,
            List<Text> facts,
            List<Text> after,
            @Nullable String link,
            @Nullable String linkEnd,
            @Nullable HelpContact help) {
        this.kind = kind;
        this.site = site;
        this.subject = subject;
        this.before = List.copyOf(before);
        this.facts = List.copyOf(facts);
        this.after = List.copyOf(after);
        this.link = link;
        this.linkEnd = linkEnd;
        this.help = help;
    }

    /** The kind of notification, for themes that distinguish them. */
    public String getKind() {
        return kind;
    }

    /** The display name of the realm. Not Keycloak's {@code realmName}, which is empty if the display name is. */
    public String getSite() {
        return site;
    }

    /** The message key of the subject. */
    public String getSubject() {
        return subject;
    }

    /** What happened. */
    public List<Text> getBefore() {
        return before;
    }

    /** The account, and when and where it happened: the message key of a label, and the value beside it. */
    public List<Text> getFacts() {
        return facts;
    }

    /** What the user can do. */
    public List<Text> getAfter() {
        return after;
    }

    /** The link for "it was not me"; null if there is none. */
    public @Nullable String getLink() {
        return link;
    }

    /** When the link expires; null if there is none. */
    public @Nullable String getLinkEnd() {
        return linkEnd;
    }

    /** Whom the user contacts for help; null for "your administrator". */
    public @Nullable HelpContact getHelp() {
        return help;
    }

    /** A message. Not a record, because FreeMarker takes the accessor of a component for a method. */
    public static final class Text {

        private final String key;
        private final String value;

        Text(String key, String value) {
            this.key = key;
            this.value = value;
        }

        /** The message key; in its text {@code {0}} is the site and {@code {1}} the value. */
        public String getKey() {
            return key;
        }

        /** The value for the placeholder, or beside the label. */
        public String getValue() {
            return value;
        }
    }
}
