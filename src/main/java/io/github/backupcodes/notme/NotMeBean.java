package io.github.backupcodes.notme;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What the page knows. Public, with getters: FreeMarker reads it. */
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

    /** Where the form goes. Not the action of the page, from which Keycloak would make the links to other languages. */
    public String getConfirmation() {
        return confirmation;
    }

    /** Whether everything is done already. */
    public boolean isDone() {
        return outcome != null;
    }

    /** Whether more than the codes was removed. */
    public boolean isFactorsRemoved() {
        return outcome != null && outcome.factorsRemoved();
    }

    /** Whether an administrator has to let the user in again. */
    public boolean isLocked() {
        return outcome != null && outcome.locked();
    }

    /** Whether the next sign-in asks for a new password; otherwise an administrator has to give one. */
    public boolean isPasswordAsked() {
        return outcome != null && outcome.passwordChanges();
    }
}
