package io.github.backupcodes.signin;

import io.github.backupcodes.code.TypedCode;
import io.github.backupcodes.credential.Attempt;
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
record Failure(String reason, FormMessage message, boolean counted, boolean temporary) {

    static Failure of(Attempt refused) {
        String reason = ((Attempt.Refused) refused).reason();
        if (refused instanceof Attempt.Mistyped mistyped) {
            boolean empty = mistyped.how() == TypedCode.Mistyped.EMPTY;
            return uncounted(reason, empty ? "backupCodeErrorEmpty" : "backupCodeErrorMistyped");
        }
        if (refused instanceof Attempt.AlreadyUsed) {
            return refused.isTemporary()
                    ? temporary(reason, "backupCodeErrorTemporaryUsed", true)
                    : counted(reason, "backupCodeErrorUsed");
        }
        if (refused instanceof Attempt.Replaced) {
            return counted(reason, "backupCodeErrorReplaced");
        }
        if (refused instanceof Attempt.NoneLeft) {
            return counted(reason, "backupCodeErrorNoneLeft");
        }
        if (refused instanceof Attempt.Expired) {
            return refused.isTemporary()
                    ? temporary(reason, "backupCodeErrorTemporaryExpired", false)
                    : uncounted(reason, "backupCodeErrorExpired");
        }
        if (refused instanceof Attempt.Paused paused) {
            return uncounted(reason, "backupCodeErrorPaused", minutesTo(paused.until()));
        }
        if (refused instanceof Attempt.Disabled) {
            return uncounted(reason, "backupCodeErrorDisabled");
        }
        if (refused instanceof Attempt.Busy) {
            return uncounted(reason, "backupCodeErrorBusy");
        }
        if (refused instanceof Attempt.NoSet) {
            return uncounted(reason, "backupCodeErrorNoneLeft");
        }
        if (refused instanceof Attempt.Unreadable || refused instanceof Attempt.KeyMissing) {
            return uncounted(reason, "backupCodeErrorUnreadable");
        }
        return counted(reason, "backupCodeErrorWrong");
    }

    /** The same, for input that was a wrong attempt at something else anyway. */
    Failure asAttempt() {
        return new Failure(reason, message, true, temporary);
    }

    private static Failure counted(String reason, String message) {
        return new Failure(reason, new FormMessage(BackupCodeForm.FIELD, message), true, false);
    }

    private static Failure temporary(String reason, String message, boolean counted) {
        return new Failure(reason, new FormMessage(BackupCodeForm.FIELD, message), counted, true);
    }

    private static Failure uncounted(String reason, String message, Object... parameters) {
        return new Failure(reason, new FormMessage(BackupCodeForm.FIELD, message, parameters), false, false);
    }

    /** Rounded up, so that the user does not come back too early. */
    private static long minutesTo(Instant until) {
        return Math.max(
                1, Duration.between(Instant.now(), until).plusSeconds(59).toMinutes());
    }
}
