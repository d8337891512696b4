package io.github.backupcodes.afteruse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the page after the use of a code knows. Public, with getters: FreeMarker reads it. */
public final class CodeUsedBean {

    private final @Nullable Help help;
    private final int remaining;
    private final boolean recoveryCode;
    private final boolean few;
    private final boolean expired;
    private final boolean makingCodesAllowed;
    private final boolean makingCodesRequired;
    private final List<SecondFactorOptionBean> ways;

    CodeUsedBean(
            @Nullable Help help,
            int remaining,
            boolean recoveryCode,
            boolean few,
            boolean expired,
            boolean makingCodesAllowed,
            boolean makingCodesRequired,
            List<SecondFactorOptionBean> ways) {
        this.help = help;
        this.remaining = remaining;
        this.recoveryCode = recoveryCode;
        this.few = few;
        this.expired = expired;
        this.makingCodesAllowed = makingCodesAllowed;
        this.makingCodesRequired = makingCodesRequired;
        this.ways = List.copyOf(ways);
    }

    /** Whether it was the code that an administrator had issued. */
    public boolean isTemporary() {
        return help != null;
    }

    /** Whether the sign-in goes on only with a new second factor. */
    public boolean isSetUpRequired() {
        return help != null && help.setUpRequired();
    }

    /** Whether the user has codes that these figures are about. */
    public boolean isOwnCodes() {
        return help == null || help.ownCodes();
    }

    /** How many codes of the kind that was used are left. */
    public int getRemaining() {
        return remaining;
    }

    /** Whether it was one of Keycloak's own recovery codes, which new backup codes take the place of. */
    public boolean isRecoveryCode() {
        return recoveryCode;
    }

    /** Whether these are so few that new ones should be made. */
    public boolean isFew() {
        return few;
    }

    /** Whether the set is past its end. */
    public boolean isExpired() {
        return expired;
    }

    /** Whether this sign-in may make new codes. */
    public boolean isMakingCodesAllowed() {
        return makingCodesAllowed;
    }

    /** Whether the sign-in goes on only with new codes. */
    public boolean isMakingCodesRequired() {
        return makingCodesRequired;
    }

    /** What can be set up, or just was. */
    public List<SecondFactorOptionBean> getWays() {
        return ways;
    }

    /**
     * That the user was helped out by an administrator.
     *
     * @param setUpRequired whether it takes a new second factor to go on
     * @param ownCodes      whether the user has a set too
     */
    record Help(boolean setUpRequired, boolean ownCodes) {}
}
