package io.github.backupcodes.signin;

import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeSetState;
import io.github.backupcodes.credential.TemporaryCode;
import io.github.backupcodes.credential.UserBackupCodes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value object: which codes of a user can be entered at the moment. It comes from the user cache and is for display: verifying a code
 * decides on the locked row.
 *
 * @param temporary whether there is a temporary code that works
 * @param own       whether the user has codes of their own that work
 * @param problem   the key of the message that says why no code works; null if one does
 * @param format    the format of all codes; null if there are several, or if Keycloak's recovery codes are accepted as well
 */
record CodeAvailability(
        boolean temporary,
        boolean own,
        @Nullable String problem,
        @Nullable CodeFormat format) {

    /** The codes of a user. */
    static CodeAvailability of(UserBackupCodes codes) {
        boolean temporary = codes.temporary().worksUntil().isPresent();
        boolean recoveryCodes = codes.hasKeycloakRecoveryCodes();
        boolean own = recoveryCodes
                || codes.cachedSet()
                        .filter(set -> set.hasWorkingCodes(Instant.now()))
                        .isPresent();
        List<CodeFormat> formats = codes.formats().distinct().toList();
        CodeFormat format = formats.isEmpty() ? CodeFormat.DEFAULT : formats.get(0);
        return new CodeAvailability(
                temporary,
                own,
                temporary || own ? null : problem(codes),
                recoveryCodes || formats.size() > 1 ? null : format);
    }

    /** Whether the user has a temporary code and no other code that works. */
    boolean temporaryAlone() {
        return temporary && !own;
    }

    /** A temporary code comes first, because its user was just told to enter it. */
    private static @Nullable String problem(UserBackupCodes codes) {
        TemporaryCode issued = codes.temporary();
        if (issued.isUnused() && !issued.isAwaited()) {
            return "backupCodeErrorTemporaryExpired";
        }
        if (codes.hasSet()) {
            return codes.cachedSet()
                    .map(set -> CodeSetState.of(set, 0, Instant.now()))
                    .map(CodeAvailability::problem)
                    .orElse("backupCodeErrorUnreadable");
        }
        if (issued.isAwaited()) {
            return issued.isUnused() ? "backupCodeErrorDisabled" : "backupCodeErrorUnreadable";
        }
        return codes.haveBeenGenerated() ? "backupCodeErrorNoneLeft" : null;
    }

    private static String problem(CodeSetState state) {
        return switch (state) {
            case EXPIRED -> "backupCodeErrorExpired";
            case TURNED_OFF -> "backupCodeErrorDisabled";
            // the others have codes that work, and are not asked for
            case USED_UP, GOOD, FEW_LEFT, EXPIRES_SOON -> "backupCodeErrorNoneLeft";
        };
    }
}
