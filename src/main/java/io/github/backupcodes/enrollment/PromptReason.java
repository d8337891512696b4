package io.github.backupcodes.enrollment;

import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.CodeSetState;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.policy.SetupPromptMode;
import java.time.Instant;
import java.util.Optional;

/** Why a user is prompted at sign-in to generate codes, with the message key of what the page says about it. */
enum PromptReason {
    /** The user never had a set. */
    NO_CODES("backupCodesAskNone"),
    /** All codes are used. */
    USED_UP("backupCodesAskUsedUp"),
    /** The set has expired. */
    EXPIRED("backupCodesAskExpired"),
    /** The set was disabled after too many wrong codes, or the server cannot read it. */
    UNUSABLE("backupCodesAskUnusable"),
    /** Few codes are left; the argument is their number. */
    FEW_LEFT("backupCodeUsedLeft"),
    /** The set expires soon; the argument is the day. */
    EXPIRES_SOON("backupCodesAskSoon");

    private final String message;

    PromptReason(String message) {
        this.message = message;
    }

    /** The message key. */
    String message() {
        return message;
    }

    /**
     * The reason that applies, by the policy of the realm. Users who had codes are prompted for new ones even if other
     * users are not: an expired set leads to a new one (issue 5).
     *
     * @param exists whether the user has a set, readable or not
     * @param set    the set, if it is readable
     */
    static Optional<PromptReason> of(boolean exists, Optional<CodeSet> set, BackupCodesPolicy policy, Instant now) {
        if (!exists) {
            return policy.promptMode() == SetupPromptMode.OFF ? Optional.empty() : Optional.of(NO_CODES);
        }
        return set.map(readable -> of(CodeSetState.of(readable, policy.lowThreshold(), now)))
                .orElse(Optional.of(UNUSABLE));
    }

    private static Optional<PromptReason> of(CodeSetState state) {
        return switch (state) {
            case GOOD -> Optional.empty();
            case FEW_LEFT -> Optional.of(FEW_LEFT);
            case EXPIRES_SOON -> Optional.of(EXPIRES_SOON);
            case USED_UP -> Optional.of(USED_UP);
            case EXPIRED -> Optional.of(EXPIRED);
            case TURNED_OFF -> Optional.of(UNUSABLE);
        };
    }

    /** Whether the user has usable codes. */
    boolean hasUsableCodes() {
        return this == FEW_LEFT || this == EXPIRES_SOON;
    }

    /** Whether the user can sign in without new codes: always if the old ones still work. */
    boolean canWait(BackupCodesPolicy policy) {
        return hasUsableCodes() || policy.promptMode() != SetupPromptMode.REQUIRE;
    }
}
