package io.github.backupcodes.afteruse;

import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.flow.SecondFactorOption;
import io.github.backupcodes.flow.SecondFactorSetup;
import io.github.backupcodes.loginstrength.SignInStrength;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.signin.UsedCodeNote;
import io.github.backupcodes.support.RequiredActionAssignment;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.Constants;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The page after a sign-in with a code: it shows how many codes are left and lets the user set up a new second factor,
 * generate new codes, or continue. Each of these requires the same level of sign-in as elsewhere.
 */
public final class CodeUsedPage {

    private static final String CONTINUE = "continue";
    private static final String MAKE_CODES = "makeCodes";
    private static final String SET_UP = "setUp";
    private static final String REMOVE_OLD = "removeOld";

    private static final String ANSWER_NOTE = "backup-codes.after-use";
    private static final String PAGE_TEMPLATE = "backup-code-used.ftl";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;
    private final SecondFactorReplacement replacement;
    private final SecondFactorSetup setUp;
    private final ReplacementOptions options;
    private final CodeUsedRequirements requirements;

    /**
     * Takes the request.
     *
     * @param strength of the sign-in
     */
    public CodeUsedPage(RequiredActionContext context, SignInStrength strength) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
        this.replacement = new SecondFactorReplacement(context, strength);
        this.setUp = new SecondFactorSetup(context, SecondFactorSetup.Asked.AFTER_USE);
        this.options = new ReplacementOptions(context, strength, replacement, setUp);
        this.requirements = new CodeUsedRequirements(context, strength, options);
    }

    /**
     * Called before every step of the sign-in: records the current second factors, and handles the end of a set-up.
     */
    public void updateSetupProgress() {
        if (!isOfThisSignIn()) {
            setUp.clearCancel();
            return;
        }
        replacement.remember();
        if (setUp.started().isEmpty()) {
            return;
        }
        if (!setUp.isPending()) {
            replacement.removeReplaced();
            setUp.complete();
        } else if (setUp.isCancelled()) {
            setUp.end();
        }
    }

    /** Whether the action that sets up a second factor must come first. */
    public boolean isSettingUp() {
        return setUp.isPending();
    }

    /** Whether the user has set up a second factor that this page offered. */
    public boolean hasSetUp() {
        return setUp.isDone();
    }

    /** Whether the page must be shown: not if the user has answered, was sent for new codes, or has no choice. */
    public boolean isDue() {
        return isOfThisSignIn()
                && signIn.getAuthNote(ANSWER_NOTE) == null
                && (requirements.usedTemporaryCode()
                        || !BackupCodesPolicy.REQUIRED_ACTION.equals(signIn.getClientNote(Constants.KC_ACTION)))
                && !(requirements.mustMakeCodes() && options.isEmpty());
    }

    /** Whether the user may leave the page of new codes without saving them, having come there by choice. */
    public boolean isCodesPageOptional() {
        return isOfThisSignIn()
                && signIn.getAuthNote(ANSWER_NOTE) != null
                && !requirements.mustMakeCodes()
                && !new RequiredActionAssignment(BackupCodesPolicy.REQUIRED_ACTION, context).isOfUser();
    }

    /**
     * Handles the answer.
     *
     * @param form the submitted form
     * @return what comes next; empty if this is not an answer, but belongs to the page of new codes
     */
    public Optional<NextPage> answer(MultivaluedMap<String, String> form) {
        if (!isOfThisSignIn()) {
            return Optional.empty();
        }
        if (form.containsKey(SET_UP)) {
            return Optional.of(setUp(form));
        }
        if (form.containsKey(MAKE_CODES)) {
            return Optional.of(requirements.mayMakeCodes() ? answered(MAKE_CODES, NextPage.CODES) : NextPage.PAGE);
        }
        if (form.containsKey(CONTINUE)) {
            return Optional.of(continueLogin());
        }
        return isDue() ? Optional.of(NextPage.PAGE) : Optional.empty();
    }

    private NextPage setUp(MultivaluedMap<String, String> form) {
        Optional<SecondFactorOption> chosen = options.offered(form.getFirst(SET_UP));
        if (chosen.isEmpty()) {
            return NextPage.PAGE;
        }
        // once it is set up, the page says so and asks what else to do
        signIn.removeAuthNote(ANSWER_NOTE);
        replacement.markForRemoval(chosen.get().type(), form.get(REMOVE_OLD));
        setUp.start(chosen.get().action());
        return NextPage.CONTINUE;
    }

    /**
     * Continues the sign-in. An action that an administrator assigned to the user remains; only that of this sign-in
     * ends.
     */
    private NextPage continueLogin() {
        if (requirements.mustSetUp() || requirements.mustMakeCodes()) {
            return isDue() ? NextPage.PAGE : NextPage.CODES;
        }
        new RequiredActionAssignment(BackupCodesPolicy.REQUIRED_ACTION, context).removeFromSignIn();
        return answered(CONTINUE, NextPage.CONTINUE);
    }

    private NextPage answered(String answer, NextPage next) {
        signIn.setAuthNote(ANSWER_NOTE, answer);
        return next;
    }

    /** Renders the page. */
    public Response page() {
        Optional<CodeSet> set = requirements.set();
        Optional<Integer> recoveryCodes = requirements.recoveryCodes();
        int remaining =
                recoveryCodes.orElseGet(() -> set.map(CodeSet::remaining).orElse(0));
        boolean expired = set.filter(shown -> shown.isExpired(Instant.now())).isPresent();
        // the figures of a disabled set would say that it works
        boolean hasOwnCodes = set.filter(shown -> !shown.isDisabled()).isPresent();
        boolean few = recoveryCodes.isPresent()
                || remaining <= BackupCodesPolicy.of(context.getRealm()).lowThreshold();
        return context.form()
                .setAttribute(
                        "backupCodeUsed",
                        new CodeUsedBean(
                                requirements.usedTemporaryCode()
                                        ? new CodeUsedBean.Help(requirements.mustSetUp(), hasOwnCodes)
                                        : null,
                                remaining,
                                recoveryCodes.isPresent(),
                                few,
                                expired,
                                requirements.mayMakeCodes(),
                                requirements.mustMakeCodes(),
                                options.show()))
                .createForm(PAGE_TEMPLATE);
    }

    private boolean isOfThisSignIn() {
        return UsedCodeNote.in(signIn).isPresent();
    }
}
