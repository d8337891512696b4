package io.github.backupcodes.enrollment;

import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.BackupCodesCredentialProvider;
import io.github.backupcodes.policy.Policy;
import io.github.backupcodes.signin.AcceptedTypes;
import io.github.backupcodes.signin.UsedCode;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.Constants;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.storage.ReadOnlyException;
import org.keycloak.storage.StorageId;

/**
 * What comes after a sign-in with a code: a page that says how many are left and lets the user set up a new second factor,
 * make new codes, or go on. Each of these needs no less than it needs elsewhere: the level of the sign-in decides.
 */
final class AfterUse {

    /** Where the answer leads. */
    enum Next {
        /** The page, for there is no answer yet, or none that is allowed. */
        PAGE,
        /** New codes. */
        CODES,
        /** Whatever Keycloak has to do next: the set-up, or the application. */
        ON
    }

    private static final String CONTINUE = "continue";
    private static final String MAKE_CODES = "makeCodes";
    private static final String SET_UP = "setUp";
    private static final String REMOVE_OLD = "removeOld";

    private static final String ANSWER_NOTE = "backup-codes.after-use";
    /** The name of no required action. */
    private static final String NO_ACTION = "backup-codes-none";

    private static final String PAGE_TEMPLATE = "backup-code-used.ftl";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;
    private final UserModel user;
    private final SignInStrength strength;
    private final LostFactors lost;
    private final SetUp setUp;

    AfterUse(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
        this.user = context.getUser();
        this.strength = new SignInStrength(context);
        this.lost = new LostFactors(context, strength);
        this.setUp = new SetUp(context);
    }

    /** Before every step of the sign-in: takes note of what there was, and of a set-up that has ended. */
    void followUp() {
        if (!isOfThisSignIn()) {
            setUp.clearCancel();
            return;
        }
        lost.remember();
        Optional<Replacement> started = setUp.started();
        if (started.isEmpty()) {
            return;
        }
        if (!setUp.isPending()) {
            lost.removeReplaced(started.get());
            setUp.end();
        } else if (setUp.isCancelled()) {
            lost.stay();
            setUp.end();
        }
    }

    /** Whether Keycloak's action has to come first. */
    boolean isSettingUp() {
        return setUp.isPending();
    }

    /** Whether the page has to be shown: not to somebody who has answered, was sent for new codes, or has no choice. */
    boolean isDue() {
        return isOfThisSignIn()
                && signIn.getAuthNote(ANSWER_NOTE) == null
                && !Policy.REQUIRED_ACTION.equals(signIn.getClientNote(Constants.KC_ACTION))
                && !(mustMakeCodes() && ways().isEmpty());
    }

    /** Whether the user may leave the page of new codes without saving them, having come there by choice. */
    boolean isCodesPageOptional() {
        return isOfThisSignIn()
                && signIn.getAuthNote(ANSWER_NOTE) != null
                && !mustMakeCodes()
                && user.getRequiredActionsStream().noneMatch(Policy.REQUIRED_ACTION::equals);
    }

    /**
     * Takes the answer.
     *
     * @param form what was sent
     * @return where it leads; nothing when this is no answer, but belongs to the page of new codes
     */
    Optional<Next> answer(MultivaluedMap<String, String> form) {
        if (!isOfThisSignIn()) {
            return Optional.empty();
        }
        if (form.containsKey(SET_UP)) {
            return Optional.of(setUp(form));
        }
        if (form.containsKey(MAKE_CODES)) {
            return Optional.of(strength.suffices() ? answered(MAKE_CODES, Next.CODES) : Next.PAGE);
        }
        if (form.containsKey(CONTINUE)) {
            return Optional.of(goOn());
        }
        return isDue() ? Optional.of(Next.PAGE) : Optional.empty();
    }

    private Next setUp(MultivaluedMap<String, String> form) {
        Optional<Replacement> kind = Replacement.madeBy(form.getFirst(SET_UP)).filter(this::isOffered);
        Optional<String> alias = kind.flatMap(offered -> offered.alias(context.getRealm()));
        if (alias.isEmpty()) {
            return Next.PAGE;
        }
        // once it is set up, the page says so and asks what else to do
        signIn.removeAuthNote(ANSWER_NOTE);
        lost.leave(kind.get(), form.get(REMOVE_OLD));
        setUp.start(kind.get(), alias.get());
        return Next.ON;
    }

    /** What an administrator required of the user is still to be done: only the wish of this sign-in ends here. */
    private Next goOn() {
        if (mustMakeCodes()) {
            return isDue() ? Next.PAGE : Next.CODES;
        }
        signIn.removeRequiredAction(Policy.REQUIRED_ACTION);
        return answered(CONTINUE, Next.ON);
    }

    private Next answered(String answer, Next next) {
        signIn.setAuthNote(ANSWER_NOTE, answer);
        return next;
    }

    /** The page. */
    Response page() {
        Optional<CodeSet> set = set();
        boolean recoveryCode = usedRecoveryCode().isPresent();
        int remaining =
                usedRecoveryCode().orElseGet(() -> set.map(CodeSet::remaining).orElse(0));
        boolean expired = set.filter(shown -> shown.isExpired(Instant.now())).isPresent();
        boolean few = recoveryCode || remaining <= Policy.of(context.getRealm()).lowThreshold();
        return context.form()
                .setAttribute(
                        "backupCodeUsed",
                        new AfterUseBean(
                                remaining, recoveryCode, few, expired, strength.suffices(), mustMakeCodes(), ways()))
                .createForm(PAGE_TEMPLATE);
    }

    /** How many recovery codes of Keycloak's are left, if one of these was used. */
    private Optional<Integer> usedRecoveryCode() {
        return UsedCode.in(signIn)
                .filter(UsedCode::isRecoveryCode)
                .map(UsedCode::remaining)
                .map(Integer::valueOf);
    }

    private boolean isOfThisSignIn() {
        return UsedCode.in(signIn).isPresent();
    }

    private Optional<CodeSet> set() {
        return BackupCodesCredentialProvider.of(context.getSession())
                .codes(user)
                .show();
    }

    private boolean mustMakeCodes() {
        return strength.suffices() && set().map(AfterUse::isUsedUp).orElseGet(this::wasLastRecoveryCode);
    }

    private static boolean isUsedUp(CodeSet set) {
        return set.remaining() == 0 || set.isExpired(Instant.now());
    }

    private boolean wasLastRecoveryCode() {
        return usedRecoveryCode().filter(left -> left == 0).isPresent();
    }

    private List<AfterUseBean.Way> ways() {
        return Stream.of(Replacement.values())
                .filter(kind -> isOffered(kind) || lost.isReplaced(kind))
                .map(this::way)
                .toList();
    }

    private AfterUseBean.Way way(Replacement kind) {
        List<AfterUseBean.Old> old = lost.removable(kind).stream()
                .map(credential -> old(kind, credential))
                .toList();
        return new AfterUseBean.Way(kind, lost.isReplaced(kind), lost.isRemoved(kind), old);
    }

    private AfterUseBean.Old old(Replacement kind, CredentialModel credential) {
        String label = credential.getUserLabel();
        boolean named = label != null && !label.isBlank();
        Instant created = Instant.ofEpochMilli(credential.getCreatedDate() == null ? 0 : credential.getCreatedDate());
        return new AfterUseBean.Old(
                kind, credential.getId(), named ? label : UserDate.of(context).write(created), named);
    }

    /** What the realm lets users set up, a flow accepts, and a sign-in of this level may make. */
    private boolean isOffered(Replacement kind) {
        return !lost.isReplaced(kind)
                && kind.alias(context.getRealm()).isPresent()
                && accepted().contains(kind.type())
                && strength.hasLevelOf(kind.type())
                && canBeChanged();
    }

    private Set<String> accepted() {
        return new AcceptedTypes(context.getSession(), context.getRealm()).ofAllFlows();
    }

    /**
     * Keycloak takes a finished action away from the user, and fails where the user's storage allows no change: the
     * set-up would end in an error. Asking the storage, past the cache, for a change that changes nothing tells.
     */
    private boolean canBeChanged() {
        if (StorageId.isLocalStorage(user.getId()) && !user.isFederated()) {
            return true;
        }
        UserModel stored = user instanceof CachedUserModel cached ? cached.getDelegateForUpdate() : user;
        try {
            stored.removeRequiredAction(NO_ACTION);
            return true;
        } catch (ReadOnlyException e) {
            return false;
        }
    }
}
