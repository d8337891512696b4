package io.github.backupcodes.signin;

import io.github.backupcodes.code.ParsedCode;
import io.github.backupcodes.credential.verify.VerificationResult;
import java.time.Duration;
import java.time.Instant;
import org.keycloak.models.utils.FormMessage;

/**
 * A refused attempt, in words.
 *
 * @param reason  for the event
 * @param message for the user, at the field
 * @param counted whether it was an attempt at all: one that the realm's detection of brute force has to hear of
 * @param temporary whether it was the code that an administrator had issued
 */
record CodeLoginError(String reason, FormMessage message, boolean counted, boolean temporary) {

    static CodeLoginError of(VerificationResult refused) {
        String reason = ((VerificationResult.Refused) refused).reason();
        if (refused instanceof VerificationResult.Mistyped mistyped) {
            boolean empty = mistyped.how() == ParsedCode.Mistyped.EMPTY;
            return uncounted(reason, empty ? "backupCodeErrorEmpty" : "backupCodeErrorMistyped");
        }
        if (refused instanceof VerificationResult.AlreadyUsed) {
            return refused.isTemporary()
                    ? temporary(reason, "backupCodeErrorTemporaryUsed", true)
                    : counted(reason, "backupCodeErrorUsed");
        }
        if (refused instanceof VerificationResult.Replaced) {
            return counted(reason, "backupCodeErrorReplaced");
        }
        if (refused instanceof VerificationResult.NoneLeft) {
            return counted(reason, "backupCodeErrorNoneLeft");
        }
        if (refused instanceof VerificationResult.Expired) {
            return refused.isTemporary()
                    ? temporary(reason, "backupCodeErrorTemporaryExpired", false)
                    : uncounted(reason, "backupCodeErrorExpired");
        }
        if (refused instanceof VerificationResult.Paused paused) {
            return uncounted(reason, "backupCodeErrorPaused", minutesTo(paused.until()));
        }
        if (refused instanceof VerificationResult.Disabled) {
            return uncounted(reason, "backupCodeErrorDisabled");
        }
        if (refused instanceof VerificationResult.Busy) {
            return uncounted(reason, "backupCodeErrorBusy");
        }
        if (refused instanceof VerificationResult.NoSet) {
            return uncounted(reason, "backupCodeErrorNoneLeft");
        }
        if (refused instanceof VerificationResult.Unreadable || refused instanceof VerificationResult.KeyMissing) {
            return uncounted(reason, "backupCodeErrorUnreadable");
        }
        return counted(reason, "backupCodeErrorWrong");
    }

    /** The same, for input that was a wrong attempt at something else anyway. */
    CodeLoginError asAttempt() {
        return new CodeLoginError(reason, message, true, temporary);
    }

    private static CodeLoginError counted(String reason, String message) {
        return new CodeLoginError(reason, new FormMessage(BackupCodeFormAuthenticator.FIELD, message), true, false);
    }

    private static CodeLoginError temporary(String reason, String message, boolean counted) {
        return new CodeLoginError(reason, new FormMessage(BackupCodeFormAuthenticator.FIELD, message), counted, true);
    }

    private static CodeLoginError uncounted(String reason, String message, Object... parameters) {
        return new CodeLoginError(
                reason, new FormMessage(BackupCodeFormAuthenticator.FIELD, message, parameters), false, false);
    }

    /** Rounded up, so that the user does not come back too early. */
    private static long minutesTo(Instant until) {
        return Math.max(
                1, Duration.between(Instant.now(), until).plusSeconds(59).toMinutes());
    }
}
