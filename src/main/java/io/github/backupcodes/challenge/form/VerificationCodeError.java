package io.github.backupcodes.challenge.form;

import io.github.backupcodes.challenge.store.ChallengeResult.Outcome;
import org.keycloak.models.utils.FormMessage;

/** The error of a refused code, at its field. It never contains what was typed. */
public final class VerificationCodeError {

    private VerificationCodeError() {}

    /**
     * The error of an outcome.
     *
     * @param field   the name of the field
     * @param outcome any but {@code ACCEPTED}
     * @param digits  how many digits a code has
     * @param empty   whether nothing was typed
     */
    public static FormMessage of(String field, Outcome outcome, int digits, boolean empty) {
        return switch (outcome) {
            case WRONG -> new FormMessage(field, "verificationCodeErrorWrong");
            case ALREADY_USED -> new FormMessage(field, "verificationCodeErrorUsed");
            case TOO_MANY_TRIES -> new FormMessage(field, "verificationCodeErrorTooManyTries");
            case TOMORROW -> new FormMessage(field, "verificationCodeErrorTomorrow");
            case MALFORMED ->
                empty
                        ? new FormMessage(field, "verificationCodeErrorEmpty")
                        : new FormMessage(field, "verificationCodeErrorMalformed", String.valueOf(digits));
            case UNREADABLE -> new FormMessage(field, "verificationCodeErrorCannotSend");
            case ACCEPTED, EXPIRED -> new FormMessage(field, "verificationCodeErrorExpired");
            case PAUSED, DISABLED, BUSY -> new FormMessage(field, "verificationCodeErrorBusy");
        };
    }
}
