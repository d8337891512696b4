package io.github.backupcodes.notme;

import io.github.backupcodes.notification.NotificationMailBean;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The template model of the page. Public, with getters, because FreeMarker reads it. */
public final class NotMeBean {

    private final State state;
    private final AccountLockdown.@Nullable Outcome outcome;
    private final String confirmation;
    private final @Nullable String subject;
    private final List<NotificationMailBean.Text> facts;
    private final @Nullable String linkEnd;
    private final @Nullable String signIn;

    private NotMeBean(
            State state,
            AccountLockdown.@Nullable Outcome outcome,
            String confirmation,
            @Nullable String subject,
            List<NotificationMailBean.Text> facts,
            @Nullable String linkEnd,
            @Nullable String signIn) {
        this.state = state;
        this.outcome = outcome;
        this.confirmation = confirmation;
        this.subject = subject;
        this.facts = List.copyOf(facts);
        this.linkEnd = linkEnd;
        this.signIn = signIn;
    }

    /** What the page shows. */
    enum State {
        /** The question. */
        ASKING,
        /** Nothing was changed, because it was the user. */
        KEPT,
        /** The account was secured by this request. */
        DONE,
        /** The link has expired. */
        EXPIRED,
        /** The link was used before. */
        USED,
        /** The account is disabled. */
        LOCKED
    }

    static NotMeBean asking(URI confirmation, @Nullable String subject, List<NotificationMailBean.Text> facts) {
        return new NotMeBean(State.ASKING, null, confirmation.toString(), subject, facts, null, null);
    }

    static NotMeBean kept(String linkEnd) {
        return new NotMeBean(State.KEPT, null, "", null, List.of(), linkEnd, null);
    }

    static NotMeBean done(AccountLockdown.Outcome outcome, @Nullable URI signIn) {
        boolean useful = outcome.passwordChanges() && !outcome.locked();
        return new NotMeBean(State.DONE, outcome, "", null, List.of(), null, useful ? text(signIn) : null);
    }

    static NotMeBean over(State state, @Nullable URI signIn) {
        return new NotMeBean(state, null, "", null, List.of(), null, state == State.LOCKED ? null : text(signIn));
    }

    private static @Nullable String text(@Nullable URI uri) {
        return uri == null ? null : uri.toString();
    }

    /** What the page shows: {@code ASKING}, {@code KEPT}, {@code DONE}, {@code EXPIRED}, {@code USED} or {@code LOCKED}. */
    public String getState() {
        return state.name();
    }

    /**
     * The target of the form. Not the action of the page, from which Keycloak would build the links to other languages.
     */
    public String getConfirmation() {
        return confirmation;
    }

    /** The message key of the subject of the mail; null if it is not known any more. */
    public @Nullable String getSubject() {
        return subject;
    }

    /** The account, and when and where it happened: the message key of a label, and the value beside it. */
    public List<NotificationMailBean.Text> getFacts() {
        return facts;
    }

    /** Until when the link works; null if that does not matter. */
    public @Nullable String getLinkEnd() {
        return linkEnd;
    }

    /** Where the user signs in; null if that is no use. */
    public @Nullable String getSignIn() {
        return signIn;
    }

    /** Whether the account was secured by this request. */
    public boolean isDone() {
        return state == State.DONE;
    }

    /** Whether more than the codes was removed. */
    public boolean isFactorsRemoved() {
        return outcome != null && outcome.factorsRemoved();
    }

    /** Whether an administrator must unlock the account. */
    public boolean isLocked() {
        return outcome != null && outcome.locked();
    }

    /** Whether the next sign-in requires a new password; otherwise an administrator must set one. */
    public boolean isPasswordAsked() {
        return outcome != null && outcome.passwordChanges();
    }
}
