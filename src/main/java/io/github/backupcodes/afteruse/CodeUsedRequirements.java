package io.github.backupcodes.afteruse;

import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.loginstrength.SignInStrength;
import io.github.backupcodes.signin.UsedCodeNote;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;

/** What somebody who has signed in with a code may do before going on, and has to. */
final class CodeUsedRequirements {

    private final RequiredActionContext context;
    private final SignInStrength strength;
    private final ReplacementOptions options;

    CodeUsedRequirements(RequiredActionContext context, SignInStrength strength, ReplacementOptions options) {
        this.context = context;
        this.strength = strength;
        this.options = options;
    }

    /** Whoever was helped out has no second factor at hand: it takes a new one to go on, where one can be set up. */
    boolean mustSetUp() {
        return isHelpedOut() && options.nothingSetUpYet();
    }

    boolean mayMakeCodes() {
        return strength.suffices() && !mustSetUp();
    }

    /** Whether no code of the set works any more: it is used up, expired or disabled. */
    boolean mustMakeCodes() {
        return mayMakeCodes()
                && set().map(set -> !set.hasWorkingCodes(Instant.now())).orElseGet(this::wasLastRecoveryCode);
    }

    /** Whether it was the code of an administrator. */
    boolean isHelpedOut() {
        return used().filter(UsedCodeNote::isTemporary).isPresent();
    }

    /** How many recovery codes of Keycloak's are left, if one of these was used. */
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
