package io.github.backupcodes.enrollment;

import io.github.backupcodes.afteruse.NextPage;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.loginstrength.SecondFactorUse;
import io.github.backupcodes.loginstrength.SignInStrength;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.signin.UsedCodeNote;
import io.github.backupcodes.support.LocalizedDates;
import io.github.backupcodes.support.RequiredActionAssignment;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Asks users who have a second factor at sign-in to make backup codes, when they have none that work or soon will have none.
 * The page shows no codes yet: whoever says "not now" has seen nothing, and has cost no slow hash.
 */
final class CodeSetupPrompt {

    private static final String MAKE_CODES = "makeCodes";
    private static final String NOT_NOW = "notNow";

    private static final String ASKED_NOTE = "backup-codes.invitation";
    private static final String ANSWER_NOTE = "backup-codes.invitation.answer";
    private static final String YES = "true";
    private static final String SUCCESS =
            RequiredActionContext.KcActionStatus.SUCCESS.name().toLowerCase(Locale.ROOT);

    private static final String PAGE_TEMPLATE = "backup-codes-invitation.ftl";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;
    private final UserModel user;
    private final RequiredActionAssignment action;
    private final BackupCodesPolicy policy;
    private final Instant now = Instant.now();

    CodeSetupPrompt(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
        this.user = context.getUser();
        this.action = new RequiredActionAssignment(BackupCodesPolicy.REQUIRED_ACTION, context);
        this.policy = BackupCodesPolicy.of(context.getRealm());
    }

    /**
     * Before every step of the sign-in: asks if there is an occasion, once. Keycloak calls this at every sign-in of
     * everybody, so what is cheap comes first; for those without a second factor, or with good codes, that is all.
     */
    void consider() {
        if (isAsked() || !isTime() || !new SecondFactorCredentials(context.getSession()).has(user)) {
            return;
        }
        occasion()
                .filter(found -> !found.canWait(policy) || !isPutOff(found))
                .filter(found -> new SecondFactorUse(context).isThere())
                .filter(found -> new SignInStrength(context).suffices())
                .ifPresent(found -> {
                    signIn.setAuthNote(ASKED_NOTE, YES);
                    action.addToSignIn();
                });
    }

    /**
     * Neither where a code was used, after which there is a page of its own, nor where codes are to be made anyway, nor for
     * somebody who was signed in already or is here for an application's action: unless that set up a second factor.
     */
    private boolean isTime() {
        if (UsedCodeNote.in(signIn).isPresent()
                || signIn.getClientNote(Constants.KC_ACTION) != null
                || action.isOfSignIn()
                || isRequiredByAdministrator()) {
            return false;
        }
        String status = signIn.getClientNote(Constants.KC_ACTION_STATUS);
        return status == null
                ? !AuthenticatorUtil.isSSOAuthentication(signIn) || new SecondFactorUse(context).isNew()
                : SUCCESS.equals(status) && new SecondFactorUse(context).isNew();
    }

    /** Whether there was an occasion, but is none any more: in another window codes were made. */
    boolean isObsolete() {
        return isDue() && occasion().isEmpty();
    }

    /** Takes the question back. */
    void withdraw() {
        action.removeFromSignIn();
    }

    /** Whether the page has to be shown: the user was asked and has not answered. */
    boolean isDue() {
        return isAsked() && signIn.getAuthNote(ANSWER_NOTE) == null && !isRequiredByAdministrator();
    }

    /** Whether the user wants codes. */
    private boolean isAccepted() {
        return MAKE_CODES.equals(signIn.getAuthNote(ANSWER_NOTE));
    }

    /** Whether the user may leave the page of new codes without saving them, having come there from here. */
    boolean isCodesPageOptional() {
        return isAccepted() && canWait() && !isRequiredByAdministrator();
    }

    /**
     * Takes the answer.
     *
     * @param form what was sent
     * @return where it leads; nothing when this is no answer, but belongs to the page of new codes
     */
    Optional<NextPage> answer(MultivaluedMap<String, String> form) {
        if (!isAsked()) {
            return Optional.empty();
        }
        if (form.containsKey(NOT_NOW)) {
            return Optional.of(putOff());
        }
        if (form.containsKey(MAKE_CODES)) {
            signIn.setAuthNote(ANSWER_NOTE, MAKE_CODES);
            return Optional.of(NextPage.CODES);
        }
        return isDue() ? Optional.of(NextPage.PAGE) : Optional.empty();
    }

    private NextPage putOff() {
        if (!canWait()) {
            return isDue() ? NextPage.PAGE : NextPage.CODES;
        }
        occasion().ifPresent(present -> new PromptSnooze(context.getSession(), user).remember(present, now));
        signIn.setAuthNote(ANSWER_NOTE, NOT_NOW);
        withdraw();
        return NextPage.ON;
    }

    /** The page. */
    Response page() {
        PromptReason present = occasion().orElse(PromptReason.NO_CODES);
        return context.form()
                .setAttribute(
                        "backupCodesInvitation",
                        new CodeSetupPromptBean(present, detail(present), present.canWait(policy)))
                .createForm(PAGE_TEMPLATE);
    }

    /** What the reason says beside its words. */
    private String detail(PromptReason present) {
        Optional<CodeSet> set = codes().cachedSet();
        return switch (present) {
            case FEW_LEFT -> set.map(CodeSet::remaining).map(String::valueOf).orElse("");
            case EXPIRES_SOON ->
                set.flatMap(near -> Optional.ofNullable(near.expiresAt()))
                        .map(LocalizedDates.of(context)::write)
                        .orElse("");
            default -> "";
        };
    }

    private Optional<PromptReason> occasion() {
        return PromptReason.of(codes().hasSet(), codes().cachedSet(), policy, now);
    }

    private boolean canWait() {
        return occasion().filter(present -> !present.canWait(policy)).isEmpty();
    }

    private boolean isPutOff(PromptReason reason) {
        Instant since = codes().cachedSet().map(CodeSet::createdAt).orElse(null);
        return new PromptSnooze(context.getSession(), user).holds(reason, since, now);
    }

    private boolean isAsked() {
        return signIn.getAuthNote(ASKED_NOTE) != null;
    }

    /** Then it is no question any more. */
    private boolean isRequiredByAdministrator() {
        return action.isOfUser();
    }

    private UserBackupCodes codes() {
        return UserBackupCodes.of(context.getSession(), user);
    }
}
