package io.github.backupcodes.afteruse;

/** What comes after the answer to one of our pages. */
public enum NextPage {
    /** The page again, because there is no answer yet, or an answer that is not allowed. */
    PAGE,
    /** The page with new codes. */
    CODES,
    /** Keycloak's next step: another action, or the application. */
    CONTINUE
}
