package io.github.backupcodes.emailcode;

/**
 * Why no code by e-mail works for a user who has set them up. The user is asked for one all the same: otherwise Keycloak would let the
 * user in by the password alone.
 */
public enum EmailCodeProblem {
    /** Too many wrong codes were entered a moment ago. */
    PAUSED("verificationCodeErrorPausedEmail"),
    /** Too many wrong codes were entered in all. */
    DISABLED("verificationCodeErrorDisabledEmail"),
    /** The realm has no mail server or no key, or this version cannot read the credential. */
    CANNOT_SEND("verificationCodeErrorCannotSend"),
    /** The address is not, or no longer, the verified address of the account. */
    ADDRESS("verificationCodeErrorAddress");

    private final String messageKey;

    EmailCodeProblem(String messageKey) {
        this.messageKey = messageKey;
    }

    /** The key of the message for the user. */
    public String messageKey() {
        return messageKey;
    }
}
