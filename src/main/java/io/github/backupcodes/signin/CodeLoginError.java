package io.github.backupcodes.signin;

import io.github.backupcodes.code.ParsedCode;
import io.github.backupcodes.credential.verify.VerificationResult.Refused;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.utils.FormMessage;

/**
 * The error of a refused attempt.
 *
 * @param refused why
 * @param message for the user, at the field
 * @param counted whether it was an attempt, which counts with the realm's brute force detection
 */
record CodeLoginError(Refused refused, FormMessage message, boolean counted) {

    static CodeLoginError of(Refused refused, Instant now) {
        return new CodeLoginError(
                refused, message(refused, now), refused.reason().isCounted());
    }

    /** The same error for input that was a wrong attempt at something else anyway. */
    CodeLoginError asAttempt() {
        return new CodeLoginError(refused, message, true);
    }

    /** The reason for the event. */
    String reason() {
        return refused.reason().id();
    }

    private static FormMessage message(Refused refused, Instant now) {
        boolean temporary = refused.isTemporary();
        return switch (refused.reason()) {
            case WRONG -> message("backupCodeErrorWrong");
            case ALREADY_USED -> message(temporary ? "backupCodeErrorTemporaryUsed" : "backupCodeErrorUsed");
            case REPLACED -> message("backupCodeErrorReplaced");
            case NONE_LEFT, NO_SET -> message("backupCodeErrorNoneLeft");
            case MISTYPED ->
                message(
                        refused.malformed() == ParsedCode.Malformed.EMPTY
                                ? "backupCodeErrorEmpty"
                                : "backupCodeErrorMistyped");
            case EXPIRED -> message(temporary ? "backupCodeErrorTemporaryExpired" : "backupCodeErrorExpired");
            case PAUSED -> message("backupCodeErrorPaused", minutesTo(refused.until(), now));
            case DISABLED -> message("backupCodeErrorDisabled");
            case BUSY -> message("backupCodeErrorBusy");
            case KEY_MISSING, UNREADABLE -> message("backupCodeErrorUnreadable");
        };
    }

    private static FormMessage message(String key, Object... parameters) {
        return new FormMessage(BackupCodeFormAuthenticator.FIELD, key, parameters);
    }

    /** Rounded up, so that the user does not come back too early; as text, in the digits of codes in every language. */
    private static String minutesTo(@Nullable Instant until, Instant now) {
        long minutes = until == null
                ? 1
                : Math.max(1, Duration.between(now, until).plusSeconds(59).toMinutes());
        return String.valueOf(minutes);
    }
}
