package io.github.backupcodes.challenge.form;

import io.github.backupcodes.challenge.store.ChallengeState;
import io.github.backupcodes.challenge.store.ChallengeState.Kind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The template model of the page on which a code is entered. Public, with getters, because FreeMarker reads it. */
public final class VerificationCodeBean {

    private final VerificationCodeTexts texts;
    private final @Nullable ChallengeState state;
    private final @Nullable String problem;
    private final String problemValue;
    private final Instant now;
    private final @Nullable String backupExecution;

    private VerificationCodeBean(
            VerificationCodeTexts texts,
            @Nullable ChallengeState state,
            @Nullable String problem,
            String problemValue,
            Instant now,
            @Nullable String backupExecution) {
        this.texts = texts;
        this.state = state;
        this.problem = problem;
        this.problemValue = problemValue;
        this.now = now;
        this.backupExecution = backupExecution;
    }

    /** The page of a challenge. */
    public static VerificationCodeBean of(VerificationCodeTexts texts, ChallengeState state, Instant now) {
        return new VerificationCodeBean(texts, state, problem(state), "", now, null);
    }

    /**
     * The page of a user for whom no code works.
     *
     * @param problem the key of the message that says why
     * @param value   its argument
     */
    public static VerificationCodeBean useless(VerificationCodeTexts texts, String problem, String value, Instant now) {
        return new VerificationCodeBean(texts, null, problem, value, now, null);
    }

    /** A copy with a way to the form for backup codes: the id of its execution; null for none. */
    public VerificationCodeBean withBackupCodes(@Nullable String execution) {
        return new VerificationCodeBean(texts, state, problem, problemValue, now, execution);
    }

    private static @Nullable String problem(ChallengeState state) {
        if (state.limit() != null) {
            return "verificationCodeErrorLimit";
        }
        return switch (state.kind()) {
            case SENT -> null;
            case FAILED -> "verificationCodeErrorNotSent";
            case REFUSED -> "verificationCodeErrorRefused";
            case EXPIRED -> "verificationCodeErrorExpired";
            case USED_UP -> "verificationCodeErrorTooManyTries";
            case ELSEWHERE -> "verificationCodeElsewhere";
            case LIMITED -> "verificationCodeErrorLimit";
            case IMPOSSIBLE -> "verificationCodeErrorCannotSend";
            case UNAVAILABLE -> "verificationCodeErrorBusy";
        };
    }

    /** The name of the field. */
    public String getField() {
        return texts.field();
    }

    /** The message key of the title. */
    public String getTitle() {
        return texts.title();
    }

    /** The message key of the text that says that a code was sent: its arguments are digits, destination and minutes. */
    public String getSent() {
        return texts.sent();
    }

    /** The message key of the text below the field. */
    public String getHelp() {
        return texts.help();
    }

    /** Where the code was sent to, masked. */
    public String getDestination() {
        return texts.destination();
    }

    /** How many digits a code has. */
    public int getDigits() {
        return texts.digits();
    }

    /** For how many minutes a code works. */
    public long getMinutes() {
        return texts.validity().toMinutes();
    }

    /** Whether there is a code to enter. */
    public boolean isEntry() {
        return state != null && (state.kind() == Kind.SENT || state.kind() == Kind.FAILED);
    }

    /** The key of the message that says what is wrong; null if nothing is. */
    public @Nullable String getProblem() {
        return problem;
    }

    /** The argument of that message. */
    public String getProblemValue() {
        return problemValue;
    }

    /** The key of the message that says what came of asking for a message; null for nothing. */
    public @Nullable String getAnswer() {
        return state == null
                ? null
                : switch (state.answer()) {
                    case NONE, TOO_EARLY -> null;
                    case SAME_CODE -> "verificationCodeSentAgain";
                    case NEW_CODE -> "verificationCodeSentNew";
                };
    }

    /** Whether the user may ask for a message, now or in a while. */
    public boolean isAgainOffered() {
        return state != null
                && switch (state.kind()) {
                    case SENT -> state.nextAt() != null;
                    case LIMITED, IMPOSSIBLE, REFUSED -> false;
                    case FAILED, EXPIRED, USED_UP, ELSEWHERE, UNAVAILABLE -> true;
                };
    }

    /** The message key of the button that asks for a message. */
    public String getAgainLabel() {
        return isEntry() ? "verificationCodeAgain" : "verificationCodeSendNew";
    }

    /** In how many seconds the user may ask for a message; 0 for now. */
    public long getAgainIn() {
        Instant next = state == null ? null : state.nextAt();
        return next == null
                ? 0
                : Math.max(0, Duration.between(now, next).plusMillis(999).toSeconds());
    }

    /** The id of the execution of the form for backup codes; null if the user has none, or if it is not offered. */
    public @Nullable String getBackupExecution() {
        return backupExecution;
    }
}
