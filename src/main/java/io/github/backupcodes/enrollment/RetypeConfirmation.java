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
 * The code of a new set that the user has to type back, where the policy asks for that. The server chooses it anew for
 * every set and remembers its place, in the authentication session; it stays unused.
 */
final class RetypeConfirmation {

    /** What was typed. */
    enum Verdict {
        RIGHT(""),
        EMPTY("backupCodesRetypeErrorEmpty"),
        MISTYPED("backupCodesRetypeErrorMistyped"),
        /** A code of the set, but not the one that was asked for. */
        OTHER("backupCodesRetypeErrorOther"),
        WRONG("backupCodesRetypeErrorWrong"),
        BUSY("backupCodeErrorBusy"),
        /** Wrong once too often: another set has to be shown. */
        TOO_OFTEN("backupCodesRetypeErrorTooOften");

        private final String message;

        Verdict(String message) {
            this.message = message;
        }

        /** The key of the text at the field; its argument is the number of the code. */
        String message() {
            return message;
        }
    }

    private static final int MOST_WRONG = 5;

    private static final String POSITION_NOTE = "backup-codes.pending.position";
    private static final String ASKED_AGAIN_NOTE = "backup-codes.pending.asked-again";
    private static final String WRONG_NOTE = "backup-codes.pending.wrong";

    private final AuthenticationSessionModel session;

    RetypeConfirmation(AuthenticationSessionModel session) {
        this.session = session;
    }

    /** Chooses a code of a new set of so many. */
    void choose(int codes, SecureRandom random) {
        forget();
        session.setAuthNote(POSITION_NOTE, String.valueOf(random.nextInt(codes)));
    }

    /** From here on nothing has to be typed back. */
    void forget() {
        session.removeAuthNote(POSITION_NOTE);
        session.removeAuthNote(ASKED_AGAIN_NOTE);
        session.removeAuthNote(WRONG_NOTE);
    }

    /** The number of the code in the list, from 1; nothing when none has to be typed back. */
    OptionalInt number() {
        String position = session.getAuthNote(POSITION_NOTE);
        return position == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(position) + 1);
    }

    /** Whether the user has typed something else before, and is asked without being shown the codes again. */
    boolean isAskedAgain() {
        return session.getAuthNote(ASKED_AGAIN_NOTE) != null;
    }

    /**
     * Checks what was typed: in any form that a sign-in takes, with one slow hash unless it cannot be a code.
     *
     * @param typed as it came; null for nothing
     * @param shown the set that was shown
     * @param codes the codes of the user, for their bound on slow hashes
     */
    Verdict check(@Nullable String typed, CodeSet shown, UserBackupCodes codes) {
        session.setAuthNote(ASKED_AGAIN_NOTE, "true");
        ParsedCode read = shown.format().read(typed == null ? "" : typed);
        if (!(read instanceof ParsedCode.WellFormed code)) {
            return read == ParsedCode.Mistyped.EMPTY ? Verdict.EMPTY : Verdict.MISTYPED;
        }
        Optional<CodeHash> hash = codes.hash(code.code(), shown);
        if (hash.isEmpty()) {
            return Verdict.BUSY;
        }
        int position = number().orElseThrow() - 1;
        if (position < shown.total() && shown.codes().get(position).hash().equals(hash.get())) {
            return Verdict.RIGHT;
        }
        return countWrong() ? Verdict.TOO_OFTEN : shown.has(hash.get()) ? Verdict.OTHER : Verdict.WRONG;
    }

    /** Whether that was the last one allowed. */
    private boolean countWrong() {
        String before = session.getAuthNote(WRONG_NOTE);
        int wrong = (before == null ? 0 : Integer.parseInt(before)) + 1;
        session.setAuthNote(WRONG_NOTE, String.valueOf(wrong));
        return wrong >= MOST_WRONG;
    }
}
