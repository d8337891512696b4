package io.github.backupcodes.afteruse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The template model of the page after a code was used. Public, with getters, because FreeMarker reads it. */
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

    /** Whether the code was a temporary code from an administrator. */
    public boolean isTemporary() {
        return help != null;
    }

    /** Whether the user must set up a new second factor to continue. */
    public boolean isSetUpRequired() {
        return help != null && help.setUpRequired();
    }

    /** Whether the user has a set that the numbers are about. */
    public boolean isOwnCodes() {
        return help == null || help.ownCodes();
    }

    /** How many codes of the used kind are left. */
    public int getRemaining() {
        return remaining;
    }

    /** Whether the code was one of Keycloak's own recovery codes, which new backup codes replace. */
    public boolean isRecoveryCode() {
        return recoveryCode;
    }

    /** Whether so few codes are left that new ones should be generated. */
    public boolean isFew() {
        return few;
    }

    /** Whether the set has expired. */
    public boolean isExpired() {
        return expired;
    }

    /** Whether this sign-in may generate new codes. */
    public boolean isMakingCodesAllowed() {
        return makingCodesAllowed;
    }

    /** Whether the user must generate new codes to continue. */
    public boolean isMakingCodesRequired() {
        return makingCodesRequired;
    }

    /** The second factors that can be set up, or just were. */
    public List<SecondFactorOptionBean> getWays() {
        return ways;
    }

    /**
     * Value object: the user signed in with a temporary code from an administrator.
     *
     * @param setUpRequired whether the user must set up a new second factor to continue
     * @param ownCodes      whether the user has a set too
     */
    record Help(boolean setUpRequired, boolean ownCodes) {}
}
