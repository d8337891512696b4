package io.github.backupcodes.notme;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The template model of the page. Public, with getters, because FreeMarker reads it. */
public final class NotMeBean {

    private final AccountLockdown.@Nullable Outcome outcome;
    private final String confirmation;

    private NotMeBean(AccountLockdown.@Nullable Outcome outcome, String confirmation) {
        this.outcome = outcome;
        this.confirmation = confirmation;
    }

    static NotMeBean asking(URI confirmation) {
        return new NotMeBean(null, confirmation.toString());
    }

    static NotMeBean done(AccountLockdown.Outcome outcome) {
        return new NotMeBean(outcome, "");
    }

    /**
     * The target of the form. Not the action of the page, from which Keycloak would build the links to other languages.
     */
    public String getConfirmation() {
        return confirmation;
    }

    /** Whether the account was secured already. */
    public boolean isDone() {
        return outcome != null;
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
