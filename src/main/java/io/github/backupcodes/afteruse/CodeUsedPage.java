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
 * What comes after a sign-in with a code: a page that says how many are left and lets the user set up a new second factor,
 * make new codes, or go on. Each of these needs no less than it needs elsewhere: the level of the sign-in decides.
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

    public CodeUsedPage(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
        SignInStrength strength = new SignInStrength(context);
        this.replacement = new SecondFactorReplacement(context, strength);
        this.setUp = new SecondFactorSetup(context, SecondFactorSetup.Asked.AFTER_USE);
        this.options = new ReplacementOptions(context, strength, replacement, setUp);
        this.requirements = new CodeUsedRequirements(context, strength, options);
    }

    /** Before every step of the sign-in: takes note of what there was, and of a set-up that has ended. */
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
            replacement.unmarkAll();
            setUp.end();
        }
    }

    /** Whether Keycloak's action has to come first. */
    public boolean isSettingUp() {
        return setUp.isPending();
    }

    /** Whether the page has to be shown: not to somebody who has answered, was sent for new codes, or has no choice. */
    public boolean isDue() {
        return isOfThisSignIn()
                && signIn.getAuthNote(ANSWER_NOTE) == null
                && (requirements.isHelpedOut()
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
     * Takes the answer.
     *
     * @param form what was sent
     * @return where it leads; nothing when this is no answer, but belongs to the page of new codes
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
        return NextPage.ON;
    }

    /** What an administrator required of the user is still to be done: only the wish of this sign-in ends here. */
    private NextPage continueLogin() {
        if (requirements.mustSetUp() || requirements.mustMakeCodes()) {
            return isDue() ? NextPage.PAGE : NextPage.CODES;
        }
        new RequiredActionAssignment(BackupCodesPolicy.REQUIRED_ACTION, context).removeFromSignIn();
        return answered(CONTINUE, NextPage.ON);
    }

    private NextPage answered(String answer, NextPage next) {
        signIn.setAuthNote(ANSWER_NOTE, answer);
        return next;
    }

    /** The page. */
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
                                requirements.isHelpedOut()
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
