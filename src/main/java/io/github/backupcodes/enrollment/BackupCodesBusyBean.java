package io.github.backupcodes.enrollment;

/** What the page shows and sends again when the codes could not be saved; FreeMarker reads it. It knows no code. */
public final class BackupCodesBusyBean {

    private final String shownOn;
    private final boolean logoutSessions;

    BackupCodesBusyBean(String shownOn, boolean logoutSessions) {
        this.shownOn = shownOn;
        this.logoutSessions = logoutSessions;
    }

    /**
     * Which page showed the codes.
     *
     * @return its name, which says nothing of the codes
     */
    public String getShownOn() {
        return shownOn;
    }

    /**
     * Whether the user wants to end the other sessions.
     *
     * @return true when the user has ticked that
     */
    public boolean isLogoutSessions() {
        return logoutSessions;
    }
}
