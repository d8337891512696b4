package io.github.backupcodes.notification;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the templates of a mail know. Public, with getters: FreeMarker reads it. */
public final class NotificationMailBean {

    private final String kind;
    private final String site;
    private final String subject;
    private final List<Text> before;
    private final List<Text> facts;
    private final List<Text> after;
    private final @Nullable String link;
    private final @Nullable String linkEnd;

    NotificationMailBean(
            String kind,
            String site,
            String subject,
            List<Text> before,
            List<Text> facts,
            List<Text> after,
            @Nullable String link,
            @Nullable String linkEnd) {
        this.kind = kind;
        this.site = site;
        this.subject = subject;
        this.before = List.copyOf(before);
        this.facts = List.copyOf(facts);
        this.after = List.copyOf(after);
        this.link = link;
        this.linkEnd = linkEnd;
    }

    /** The kind of notice, for themes that want to tell them apart. */
    public String getKind() {
        return kind;
    }

    /** The name of the realm for people. Not Keycloak's {@code realmName}, which is empty where the display name is. */
    public String getSite() {
        return site;
    }

    /** The key of the subject. */
    public String getSubject() {
        return subject;
    }

    /** What happened. */
    public List<Text> getBefore() {
        return before;
    }

    /** The circumstances: the key of a label, and what to write beside it. */
    public List<Text> getFacts() {
        return facts;
    }

    /** What there is to do. */
    public List<Text> getAfter() {
        return after;
    }

    /** Where to say that it was somebody else; null when that does not apply. */
    public @Nullable String getLink() {
        return link;
    }

    /** Until when the link works; null when there is none. */
    public @Nullable String getLinkEnd() {
        return linkEnd;
    }

    /** A message. No record: FreeMarker takes the accessor of a component for a method. */
    public static final class Text {

        private final String key;
        private final String value;

        Text(String key, String value) {
            this.key = key;
            this.value = value;
        }

        /** The key of the message; in its text {@code {0}} is the site and {@code {1}} the value. */
        public String getKey() {
            return key;
        }

        /** What is filled in, or stands beside it. */
        public String getValue() {
            return value;
        }
    }
}
