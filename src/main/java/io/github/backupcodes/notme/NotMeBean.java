package io.github.backupcodes.notme;

/** What the page knows. Public, with getters: FreeMarker reads it. */
public final class NotMeBean {

    private final boolean done;
    private final boolean passwordAsked;

    private NotMeBean(boolean done, boolean passwordAsked) {
        this.done = done;
        this.passwordAsked = passwordAsked;
    }

    static NotMeBean asking() {
        return new NotMeBean(false, false);
    }

    static NotMeBean done(boolean passwordAsked) {
        return new NotMeBean(true, passwordAsked);
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
