package io.github.backupcodes.enrollment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the page after the use of a code knows. Public, with getters: FreeMarker reads it. */
public final class AfterUseBean {

    private final @Nullable Help help;
    private final int remaining;
    private final boolean recoveryCode;
    private final boolean few;
    private final boolean expired;
    private final boolean makingCodesAllowed;
    private final boolean makingCodesRequired;
    private final List<Way> ways;

    AfterUseBean(
            @Nullable Help help,
            int remaining,
            boolean recoveryCode,
            boolean few,
            boolean expired,
            boolean makingCodesAllowed,
            boolean makingCodesRequired,
            List<Way> ways) {
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
    public List<Way> getWays() {
        return ways;
    }

    /**
     * That the user was helped out by an administrator.
     *
     * @param setUpRequired whether it takes a new second factor to go on
     * @param ownCodes      whether the user has a set too
     */
    record Help(boolean setUpRequired, boolean ownCodes) {}

    /** A kind of second factor. */
    public static final class Way {

        private final Replacement kind;
        private final boolean done;
        private final boolean oldRemoved;
        private final List<Old> old;

        Way(Replacement kind, boolean done, boolean oldRemoved, List<Old> old) {
            this.kind = kind;
            this.done = done;
            this.oldRemoved = oldRemoved;
            this.old = List.copyOf(old);
        }

        /** The id of its button. */
        public String getId() {
            return isApp(kind) ? "setUpApp" : "setUpKey";
        }

        /** The message key of its button. */
        public String getText() {
            return isApp(kind) ? "backupCodeUsedNewApp" : "backupCodeUsedNewKey";
        }

        /** The message key of what is said when it is done. */
        public String getDoneText() {
            if (oldRemoved) {
                return isApp(kind) ? "backupCodeUsedReplacedApp" : "backupCodeUsedReplacedKey";
            }
            return isApp(kind) ? "backupCodeUsedSetUpApp" : "backupCodeUsedSetUpKey";
        }

        /** The required action that sets it up. */
        public String getAction() {
            return kind.action();
        }

        /** Whether a new one was set up in this sign-in. */
        public boolean isDone() {
            return done;
        }

        /** Those that the user has had and may remove. */
        public List<Old> getOld() {
            return old;
        }
    }

    /** A second factor that may be lost. */
    public static final class Old {

        private final Replacement kind;
        private final String id;
        private final String name;
        private final boolean named;

        Old(Replacement kind, String id, String name, boolean named) {
            this.kind = kind;
            this.id = id;
            this.name = name;
            this.named = named;
        }

        /** The id of the credential. */
        public String getId() {
            return id;
        }

        /** What the user called it; without a name, the day it was set up. */
        public String getName() {
            return name;
        }

        /** The message key of its box; the argument is the name. */
        public String getText() {
            if (named) {
                return isApp(kind) ? "backupCodeUsedRemoveApp" : "backupCodeUsedRemoveKey";
            }
            return isApp(kind) ? "backupCodeUsedRemoveAppOf" : "backupCodeUsedRemoveKeyOf";
        }
    }

    private static boolean isApp(Replacement kind) {
        return kind == Replacement.APP;
    }
}
