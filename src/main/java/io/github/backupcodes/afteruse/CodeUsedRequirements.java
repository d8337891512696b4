package io.github.backupcodes.afteruse;

import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.flow.CodeRequestCheck;
import io.github.backupcodes.loginstrength.SignInStrength;
import io.github.backupcodes.signin.UsedCodeNote;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;

/** Decides what a user who has signed in with a code may do, and must do, before continuing. */
final class CodeUsedRequirements {

    private final RequiredActionContext context;
    private final SignInStrength strength;
    private final ReplacementOptions options;

    CodeUsedRequirements(RequiredActionContext context, SignInStrength strength, ReplacementOptions options) {
        this.context = context;
        this.strength = strength;
        this.options = options;
    }

    /**
     * Users of a temporary code have no second factor with them: they must set up a new one if the realm offers any.
     */
    boolean mustSetUp() {
        return usedTemporaryCode() && options.nothingSetUpYet();
    }

    /** Not if no flow would request them: users of a temporary code may have no second factor, and nothing to set up. */
    boolean mayMakeCodes() {
        return strength.suffices()
                && !mustSetUp()
                && new CodeRequestCheck(context.getSession(), context.getRealm()).isAnyRequestedOf(context.getUser());
    }

    /** Whether no code of the set works any more: it is used up, expired or disabled. */
    boolean mustMakeCodes() {
        return mayMakeCodes()
                && set().map(set -> !set.hasWorkingCodes(Instant.now())).orElseGet(this::wasLastRecoveryCode);
    }

    /** Whether the code was a temporary code from an administrator. */
    boolean usedTemporaryCode() {
        return used().filter(UsedCodeNote::isTemporary).isPresent();
    }

    /** How many Keycloak recovery codes are left, if one of these was used. */
    Optional<Integer> recoveryCodes() {
        return used().filter(UsedCodeNote::isRecoveryCode).map(UsedCodeNote::remaining);
    }

    /** The user's own codes. */
    Optional<CodeSet> set() {
        return UserBackupCodes.of(context.getSession(), context.getUser()).cachedSet();
    }

    private Optional<UsedCodeNote> used() {
        return UsedCodeNote.in(context.getAuthenticationSession());
    }

    private boolean wasLastRecoveryCode() {
        return recoveryCodes().filter(left -> left == 0).isPresent();
    }
}
