package io.github.backupcodes.credential.verify;

/** The way on which a code comes in. It decides which codes are accepted. */
public enum SignInChannel {
    /** A sign-in in a browser. Pages can follow, so every code is accepted. */
    BROWSER,
    /**
     * A direct grant, or another check without pages. A temporary code is not accepted, because it has to lead to a new second
     * factor.
     */
    DIRECT_GRANT
}
