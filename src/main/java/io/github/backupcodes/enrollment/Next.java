package io.github.backupcodes.enrollment;

/** Where the answer to one of our pages leads. */
enum Next {
    /** The page, for there is no answer yet, or none that is allowed. */
    PAGE,
    /** New codes. */
    CODES,
    /** Whatever Keycloak has to do next: another action, or the application. */
    ON
}
