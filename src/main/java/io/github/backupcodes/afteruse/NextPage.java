package io.github.backupcodes.afteruse;

/** Where the answer to one of our pages leads. */
public enum NextPage {
    /** The page, for there is no answer yet, or none that is allowed. */
    PAGE,
    /** New codes. */
    CODES,
    /** Whatever Keycloak has to do next: another action, or the application. */
    CONTINUE
}
