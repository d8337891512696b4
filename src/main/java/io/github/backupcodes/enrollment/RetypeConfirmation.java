package io.github.backupcodes.enrollment;

import io.github.backupcodes.code.CodeHash;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.ParsedCode;
import io.github.backupcodes.credential.UserBackupCodes;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Checks the code of a new set that the user must retype, if the policy requires it. The server chooses it again for
 * every set and stores its position in the authentication session; the code remains unused.
 */
final class RetypeConfirmation {

    /** The result of checking what was typed. */
    enum Verdict {
        RIGHT(""),
        EMPTY("backupCodesRetypeErrorEmpty"),
        MISTYPED("backupCodesRetypeErrorMistyped"),
        /** A code of the set, but not the one that was requested. */
        OTHER("backupCodesRetypeErrorOther"),
        WRONG("backupCodesRetypeErrorWrong"),
        BUSY("backupCodeErrorBusy"),
        /** Wrong too often: another set must be shown. */
        TOO_OFTEN("backupCodesRetypeErrorTooOften");

        private final String message;

        Verdict(String message) {
            this.message = message;
        }

        /** The message key of the error at the field; its argument is the number of the code. */
        String message() {
            return message;
        }
    }

    private static final int MAX_ERRORS = 5;

    private static final String POSITION_NOTE = "backup-codes.pending.position";
    private static final String ASKED_AGAIN_NOTE = "backup-codes.pending.asked-again";
    private static final String WRONG_NOTE = "backup-codes.pending.wrong";

    private final AuthenticationSessionModel session;

    RetypeConfirmation(AuthenticationSessionModel session) {
        this.session = session;
    }

    /** Chooses a code of a new set of this size. */
    void choose(int codes, SecureRandom random) {
        forget();
        session.setAuthNote(POSITION_NOTE, String.valueOf(random.nextInt(codes)));
    }

    /** Ends the request to retype a code. */
    void forget() {
        session.removeAuthNote(POSITION_NOTE);
        session.removeAuthNote(ASKED_AGAIN_NOTE);
        session.removeAuthNote(WRONG_NOTE);
    }

    /** The number of the code in the list, from 1; empty if none must be retyped. */
    OptionalInt number() {
        String position = session.getAuthNote(POSITION_NOTE);
        return position == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(position) + 1);
    }

    /** Whether the user has mistyped the code before, and is asked without seeing the codes again. */
    boolean isAskedAgain() {
        return session.getAuthNote(ASKED_AGAIN_NOTE) != null;
    }

    /**
     * Checks what was typed, in any form that a sign-in accepts. Computes one slow hash unless the input cannot be a
     * code.
     *
     * @param typed the raw input; null for none
     * @param shown the set that was shown
     * @param codes the codes of the user, for their limit on slow hashes
     */
    Verdict check(@Nullable String typed, CodeSet shown, UserBackupCodes codes) {
        session.setAuthNote(ASKED_AGAIN_NOTE, "true");
        ParsedCode read = shown.format().parse(typed == null ? "" : typed);
        if (!(read instanceof ParsedCode.WellFormed code)) {
            return read == ParsedCode.Malformed.EMPTY ? Verdict.EMPTY : Verdict.MISTYPED;
        }
        Optional<CodeHash> hash = codes.hash(code.code(), shown);
        if (hash.isEmpty()) {
            return Verdict.BUSY;
        }
        int position = number().orElseThrow() - 1;
        if (position < shown.total() && shown.codes().get(position).hash().equals(hash.get())) {
            return Verdict.RIGHT;
        }
        return isLastError() ? Verdict.TOO_OFTEN : shown.has(hash.get()) ? Verdict.OTHER : Verdict.WRONG;
    }

    /** Counts an error and returns whether it was the last one allowed. */
    private boolean isLastError() {
        String before = session.getAuthNote(WRONG_NOTE);
        int wrong = (before == null ? 0 : Integer.parseInt(before)) + 1;
        session.setAuthNote(WRONG_NOTE, String.valueOf(wrong));
        return wrong >= MAX_ERRORS;
    }
}
