package io.github.backupcodes.challenge.factor;

/**
 * Why no code works for a user who has set up the factor. The user is asked for one all the same: otherwise Keycloak would let the user
 * in by the password alone.
 */
public enum VerificationCodeProblem {
    /** Too many wrong codes were entered a moment ago. */
    PAUSED,
    /** Too many wrong codes were entered in all. */
    DISABLED,
    /** The realm has nothing to send codes with, or no key, or this version cannot read the credential. */
    CANNOT_SEND,
    /** The address or number is not, or no longer, one to which codes may be sent. */
    NOT_CONFIRMED
}
