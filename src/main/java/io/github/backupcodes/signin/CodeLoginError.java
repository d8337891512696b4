package io.github.backupcodes.signin;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeInputSummary;
import io.github.backupcodes.code.ParsedCode;
import io.github.backupcodes.credential.verify.VerificationResult.Refused;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.utils.FormMessage;

/**
 * The error of a refused attempt. Its text says what kind of text was entered and how long it was, never the text itself.
 *
 * @param refused  why
 * @param message  for the user, at the field
 * @param needsHelp whether users cannot solve it alone, so that the page shows whom to contact
 * @param counted  whether it was an attempt, which counts with the realm's brute force detection
 */
record CodeLoginError(Refused refused, FormMessage message, boolean needsHelp, boolean counted) {

    /** From this waiting time on, hours are shown instead of minutes. */
    private static final int MINUTES_BEFORE_HOURS = 90;

    private static final int MINUTES_PER_HOUR = 60;

    /**
     * The error of a refused attempt.
     *
     * @param entered what may be said about the entered text
     * @param codes   which codes the user could enter
     */
    static CodeLoginError of(Refused refused, CodeInputSummary entered, CodeAvailability codes, Instant now) {
        String problem = codes.problem();
        if (problem != null && isPointless(refused)) {
            return new CodeLoginError(
                    refused, message(problem), true, refused.reason().isCounted());
        }
        return new CodeLoginError(
                refused,
                message(refused, entered, codes, now),
                needsHelp(refused),
                refused.reason().isCounted());
    }

    /** The same error for input that was a wrong attempt at something else anyway. */
    CodeLoginError asAttempt() {
        return new CodeLoginError(refused, message, needsHelp, true);
    }

    /** The reason for the event. */
    String reason() {
        return refused.reason().id();
    }

    /** Whether a text to enter another code, or the same one better, would mislead users of whose codes none works. */
    private static boolean isPointless(Refused refused) {
        return switch (refused.reason()) {
            case ALREADY_USED, REPLACED -> !refused.isTemporary();
            case MISTYPED -> refused.malformed() != ParsedCode.Malformed.EMPTY;
            case WRONG, NONE_LEFT, EXPIRED, PAUSED, DISABLED, BUSY, NO_SET, KEY_MISSING, UNREADABLE -> false;
        };
    }

    private static boolean needsHelp(Refused refused) {
        return switch (refused.reason()) {
            case NONE_LEFT, NO_SET, EXPIRED, DISABLED, KEY_MISSING, UNREADABLE -> true;
            case ALREADY_USED -> refused.isTemporary();
            case WRONG, REPLACED, MISTYPED, PAUSED, BUSY -> false;
        };
    }

    private static FormMessage message(Refused refused, CodeInputSummary entered, CodeAvailability codes, Instant now) {
        boolean temporary = refused.isTemporary();
        return switch (refused.reason()) {
            case WRONG -> message(codes.temporaryAlone() ? "backupCodeErrorTemporaryWrong" : "backupCodeErrorWrong");
            case ALREADY_USED -> message(temporary ? "backupCodeErrorTemporaryUsed" : "backupCodeErrorUsed");
            case REPLACED -> message("backupCodeErrorReplaced");
            case NONE_LEFT, NO_SET -> message("backupCodeErrorNoneLeft");
            case MISTYPED -> mistyped(refused.malformed(), entered, codes);
            case EXPIRED -> message(temporary ? "backupCodeErrorTemporaryExpired" : "backupCodeErrorExpired");
            case PAUSED -> paused(minutesTo(refused.until(), now));
            case DISABLED -> message("backupCodeErrorDisabled");
            case BUSY -> message("backupCodeErrorBusy");
            case KEY_MISSING, UNREADABLE -> message("backupCodeErrorUnreadable");
        };
    }

    private static FormMessage mistyped(
            ParsedCode.@Nullable Malformed how, CodeInputSummary entered, CodeAvailability codes) {
        CodeFormat format = codes.format();
        if (how == ParsedCode.Malformed.EMPTY) {
            return message(codes.temporaryAlone() ? "backupCodeErrorTemporaryEmpty" : "backupCodeErrorEmpty");
        }
        if (how == null || how == ParsedCode.Malformed.CHECK_CHARACTER || format == null) {
            return message("backupCodeErrorMistyped");
        }
        if (how == ParsedCode.Malformed.SYMBOL) {
            return message("backupCodeErrorSymbols", example(format));
        }
        if (entered.resemblesOtp() && format.alphabet() != Alphabet.DIGITS) {
            return message("backupCodeErrorOtp", String.valueOf(entered.length()), example(format));
        }
        return message(
                entered.length() < format.length() ? "backupCodeErrorTooShort" : "backupCodeErrorTooLong",
                isolated(entered.length() + "/" + format.length()),
                example(format));
    }

    /** An example of a code, read from left to right in every language, and on one line. */
    static String example(CodeFormat format) {
        return isolated(format.example().replace('-', '\u2011'));
    }

    private static String isolated(String text) {
        return "\u2066" + text + "\u2069";
    }

    /** Numbers are passed as text, in the digits of codes in every language. */
    private static FormMessage paused(long minutes) {
        return minutes < MINUTES_BEFORE_HOURS
                ? message("backupCodeErrorPaused", String.valueOf(minutes))
                : message(
                        "backupCodeErrorPausedHours",
                        String.valueOf((minutes + MINUTES_PER_HOUR - 1) / MINUTES_PER_HOUR));
    }

    private static FormMessage message(String key, Object... parameters) {
        return new FormMessage(BackupCodeFormAuthenticator.FIELD, key, parameters);
    }

    /** Rounded up, so that the user does not come back too early. */
    private static long minutesTo(@Nullable Instant until, Instant now) {
        return until == null
                ? 1
                : Math.max(1, Duration.between(now, until).plusSeconds(59).toMinutes());
    }
}
