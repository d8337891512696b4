package io.github.backupcodes.enrollment;

import io.github.backupcodes.afteruse.NextPage;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.loginstrength.SecondFactorUse;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.policy.SetupPromptMode;
import io.github.backupcodes.signin.UsedCodeNote;
import io.github.backupcodes.support.LocalizedDates;
import io.github.backupcodes.support.PromptSnooze;
import io.github.backupcodes.support.RequiredActionAssignment;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Prompts users who have a second factor at sign-in to generate backup codes, if they have no usable codes or will soon
 * have none. The page shows no codes yet: users who postpone it have seen nothing, and cost no slow hash.
 */
final class CodeSetupPrompt {

    private static final String MAKE_CODES = "makeCodes";
    private static final String NOT_NOW = "notNow";

    /** The attribute of the user that says that the prompt is postponed. */
    private static final String ATTRIBUTE = "backup-codes.not-now";

    private static final String ASKED_NOTE = "backup-codes.invitation";
    private static final String ANSWER_NOTE = "backup-codes.invitation.answer";
    private static final String YES = "true";
    private static final String SUCCESS =
            RequiredActionContext.KcActionStatus.SUCCESS.name().toLowerCase(Locale.ROOT);

    private static final String PAGE_TEMPLATE = "backup-codes-invitation.ftl";

    private final BackupCodesActionContext request;
    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;
    private final UserModel user;
    private final RequiredActionAssignment action;
    private final Instant now = Instant.now();

    CodeSetupPrompt(BackupCodesActionContext request) {
        this.request = request;
        this.context = request.keycloak();
        this.signIn = request.signIn();
        this.user = request.user();
        this.action = new RequiredActionAssignment(BackupCodesPolicy.REQUIRED_ACTION, context);
    }

    /**
     * Called before every step of the sign-in: assigns the action if there is a reason, once. Keycloak calls this at
     * every sign-in of every user, so cheap checks come first; users without a second factor, or with good codes, need
     * no others.
     */
    void consider() {
        if (isAsked() || !isSuitableSignIn() || !new SecondFactorCredentials(context.getSession()).has(user)) {
            return;
        }
        reason().filter(found -> !found.canWait(request.policy()) || !isSnoozed(found))
                .filter(found -> new SecondFactorUse(context).isThere())
                .filter(found -> request.strength().suffices())
                .ifPresent(found -> {
                    signIn.setAuthNote(ASKED_NOTE, YES);
                    action.addToSignIn();
                });
    }

    /**
     * Not after a code was used, which has its own page, nor if new codes are required anyway, nor for users who were
     * already signed in or whom an application sent for its action, unless that action set up a second factor.
     */
    private boolean isSuitableSignIn() {
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

    /** Whether there was a reason, but is none any more: codes were generated in another window. */
    boolean isObsolete() {
        return isDue() && reason().isEmpty();
    }

    /** Removes the action from the sign-in. */
    void withdraw() {
        action.removeFromSignIn();
    }

    /** Whether the page must be shown: the user was prompted and has not answered. */
    boolean isDue() {
        return isAsked() && signIn.getAuthNote(ANSWER_NOTE) == null && !isRequiredByAdministrator();
    }

    /** Whether the user wants codes. */
    private boolean isAccepted() {
        return MAKE_CODES.equals(signIn.getAuthNote(ANSWER_NOTE));
    }

    /** Whether the user may leave the page of new codes without saving them, having come there from this prompt. */
    boolean isCodesPageOptional() {
        return isAccepted() && canWait() && !isRequiredByAdministrator();
    }

    /**
     * Handles the answer.
     *
     * @param form the submitted form
     * @return what comes next; empty if this is not an answer, but belongs to the page of new codes
     */
    Optional<NextPage> answer(MultivaluedMap<String, String> form) {
        if (!isAsked()) {
            return Optional.empty();
        }
        if (form.containsKey(NOT_NOW)) {
            return Optional.of(postpone());
        }
        if (form.containsKey(MAKE_CODES)) {
            signIn.setAuthNote(ANSWER_NOTE, MAKE_CODES);
            return Optional.of(NextPage.CODES);
        }
        return isDue() ? Optional.of(NextPage.PAGE) : Optional.empty();
    }

    private NextPage postpone() {
        if (!canWait()) {
            return isDue() ? NextPage.PAGE : NextPage.CODES;
        }
        reason().ifPresent(present -> snooze().remember(present.name(), now));
        signIn.setAuthNote(ANSWER_NOTE, NOT_NOW);
        withdraw();
        return NextPage.CONTINUE;
    }

    private PromptSnooze snooze() {
        return new PromptSnooze(context.getSession(), user, ATTRIBUTE, Duration.ofDays(SetupPromptMode.REMINDER_DAYS));
    }

    /** Renders the page. */
    Response page() {
        PromptReason present = reason().orElse(PromptReason.NO_CODES);
        return context.form()
                .setAttribute(
                        "backupCodesInvitation",
                        new CodeSetupPromptBean(present, detail(present), present.canWait(request.policy())))
                .createForm(PAGE_TEMPLATE);
    }

    /** The argument of the reason's message. */
    private String detail(PromptReason present) {
        Optional<CodeSet> set = codes().cachedSet();
        return switch (present) {
            case FEW_LEFT -> set.map(CodeSet::remaining).map(String::valueOf).orElse("");
            case EXPIRES_SOON ->
                set.flatMap(near -> Optional.ofNullable(near.expiresAt()))
                        .map(LocalizedDates.of(context)::date)
                        .orElse("");
            default -> "";
        };
    }

    private Optional<PromptReason> reason() {
        return PromptReason.of(codes().hasSet(), codes().cachedSet(), request.policy(), now);
    }

    private boolean canWait() {
        return reason().filter(present -> !present.canWait(request.policy())).isEmpty();
    }

    private boolean isSnoozed(PromptReason reason) {
        Instant since = codes().cachedSet().map(CodeSet::createdAt).orElse(null);
        return snooze().holds(reason.name(), since, now);
    }

    private boolean isAsked() {
        return signIn.getAuthNote(ASKED_NOTE) != null;
    }

    /** If an administrator requires the action, it cannot be postponed. */
    private boolean isRequiredByAdministrator() {
        return action.isOfUser();
    }

    private UserBackupCodes codes() {
        return request.codes();
    }
}
