package io.github.backupcodes.notme;

import java.net.URI;

/** What the page knows. Public, with getters: FreeMarker reads it. */
public final class NotMeBean {

    private final boolean done;
    private final boolean passwordAsked;
    private final String confirmation;

    private NotMeBean(boolean done, boolean passwordAsked, String confirmation) {
        this.done = done;
        this.passwordAsked = passwordAsked;
        this.confirmation = confirmation;
    }

    static NotMeBean asking(URI confirmation) {
        return new NotMeBean(false, false, confirmation.toString());
    }

    static NotMeBean done(boolean passwordAsked) {
        return new NotMeBean(true, passwordAsked, "");
    }

    /** Where the form goes. Not the action of the page, from which Keycloak would make the links to other languages. */
    public String getConfirmation() {
        return confirmation;
    }

    /** Whether everything is done already. */
    public boolean isDone() {
        return done;
    }

    /** Whether the next sign-in asks for a new password; otherwise an administrator has to give one. */
    public boolean isPasswordAsked() {
        return passwordAsked;
    }
}
