package io.github.backupcodes.enrollment;

import io.github.backupcodes.afteruse.CodeUsedPage;
import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.GeneratedCodes;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.loginstrength.LoginRestart;
import io.github.backupcodes.loginstrength.SignInStrength;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.policy.SaveConfirmation;
import io.github.backupcodes.policy.SiteName;
import io.github.backupcodes.support.LocalizedDates;
import io.github.backupcodes.support.PageResponse;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.utils.FormMessage;

/**
 * The page that shows a new set, once, and what shows that the user has kept it: a ticked box, or one of the codes typed
 * back. Whoever has not ticked the box gets another set, for codes are shown once only; whoever mistypes a code is asked
 * for it again without being shown it, or every mistake would mean to save another list.
 */
final class NewCodesPage {

    /** What came back from the page. */
    sealed interface Answer {

        /** The codes are kept: their set can be saved, and is pending until then. */
        record Kept(CodeSet set) implements Answer {}

        /** They are not, or not surely: a page. */
        record NotKept(Response page) implements Answer {}
    }

    /** The checkbox: "I have saved my codes". */
    private static final String SAVED = "codesSaved";

    /** The field for the code that is typed back. Where there is one, it is the proof, and the checkbox is not shown. */
    private static final String TYPED_BACK = "backupCode";

    /** The name of the page, so that it saves what it shows. */
    private static final String SHOWN_ON = "shownOn";

    /** The button for those who cannot type back what was shown. */
    private static final String NEW_CODES = "newCodes";

    private static final String ON = "on";
    private static final String TEMPLATE = "backup-codes-config.ftl";
    private static final String TEMPLATE_BUSY = "backup-codes-busy.ftl";
    private static final String TEMPLATE_WITHOUT_CODES = "backup-codes-retype.ftl";

    private final RequiredActionContext context;
    private final SecureRandom random;
    private final UserBackupCodes codes;
    private final PendingCodeSet pending;
    private final RetypeConfirmation retype;
    private final SignInStrength strength;

    NewCodesPage(RequiredActionContext context, SecureRandom random) {
        this.context = context;
        this.random = random;
        this.codes = UserBackupCodes.of(context.getSession(), context.getUser());
        this.pending = new PendingCodeSet(context.getAuthenticationSession());
        this.retype = new RetypeConfirmation(context.getAuthenticationSession());
        this.strength = new SignInStrength(context);
    }

    /** Whether the sign-in is good enough for the page that comes next. */
    boolean mayBeOpened() {
        return shownBefore().isPresent() ? strength.sufficesToSave() : strength.suffices();
    }

    /** The page for somebody who comes to it: with new codes, unless one of those shown is yet to be typed back. */
    Response open() {
        return shownBefore().map(shown -> askToRetype(shown.format(), null)).orElseGet(() -> showNew(null));
    }

    /** The set of which a code is yet to be typed back, after a mistake. */
    private Optional<CodeSet> shownBefore() {
        return pending.set().filter(shown -> retype.isAskedAgain());
    }

    /** The page with new codes. */
    Response showNew() {
        return showNew(null);
    }

    /**
     * Whether the user has kept the codes, by what came back from the page. The sign-in is judged once more: a page can be
     * held open for long, and another session may have set up a second factor meanwhile.
     */
    Answer read(MultivaluedMap<String, String> form) {
        if (!strength.sufficesToSave()) {
            return new Answer.NotKept(LoginRestart.ofOpenPage(context));
        }
        if (form.containsKey(NEW_CODES)) {
            return new Answer.NotKept(showNew(null));
        }
        Optional<CodeSet> shown = pending.of(form.getFirst(SHOWN_ON));
        if (retype.number().isEmpty()) {
            return shown.isPresent() && ON.equals(form.getFirst(SAVED))
                    ? new Answer.Kept(shown.get())
                    : new Answer.NotKept(showNew(
                            BackupCodesPolicy.of(context.getRealm()).codeCount() == 1
                                    ? "backupCodesErrorNotSavedOne"
                                    : "backupCodesErrorNotSaved"));
        }
        return shown.isEmpty()
                ? new Answer.NotKept(showNew("backupCodesRetypeErrorNew"))
                : readTypedBack(form.getFirst(TYPED_BACK), shown.get());
    }

    private Answer readTypedBack(@Nullable String typed, CodeSet shown) {
        RetypeConfirmation.Verdict verdict = retype.check(typed, shown, codes);
        return switch (verdict) {
            case RIGHT -> new Answer.Kept(shown);
            case TOO_OFTEN -> new Answer.NotKept(showNew(verdict.message()));
            default -> new Answer.NotKept(askToRetype(shown.format(), verdict.message()));
        };
    }

    /** What was shown and is not saved can no more be saved. */
    void discard() {
        pending.discard();
        retype.forget();
    }

    /**
     * The codes are kept but could not be saved in time: the page from which they can be. Keycloak takes no form twice, so
     * that sending the old page again would bring other codes. Whoever has typed one back need not do so again.
     *
     * @param logoutSessions whether the user wants to end the other sessions, to be asked with the page
     */
    Response busySaving(boolean logoutSessions) {
        retype.forget();
        return context.form()
                .setError("backupCodesErrorBusySaving")
                .setAttribute(
                        "backupCodesBusy",
                        new BackupCodesBusyBean(pending.page().orElseThrow(), logoutSessions))
                .createForm(TEMPLATE_BUSY);
    }

    private Response busy() {
        return context.form().setError("backupCodesErrorBusy").createErrorPage(Response.Status.SERVICE_UNAVAILABLE);
    }

    private Response showNew(@Nullable String error) {
        if (!strength.suffices()) {
            return LoginRestart.ofOpenPage(context);
        }
        BackupCodesPolicy policy = BackupCodesPolicy.of(context.getRealm());
        GeneratedCodes newSet = GeneratedCodes.draw(policy, random);
        Optional<CodeSet> hashed = codes.hashNewSet(newSet::hash);
        if (hashed.isEmpty()) {
            return busy();
        }
        pending.put(hashed.get());
        if (policy.confirmation() == SaveConfirmation.RETYPE) {
            retype.choose(hashed.get().total(), random);
        } else {
            retype.forget();
        }
        // Keycloak answers its pages with no-store: no copy in a cache, and "back" asks the server again
        // (OWASP ASVS 5.0, 14.3.2)
        return PageResponse.of(() -> form(policy.format(), error)
                .setAttribute("backupCodes", bean(newSet.codes(), hashed.get()))
                .createForm(TEMPLATE));
    }

    private Response askToRetype(CodeFormat format, @Nullable String error) {
        return PageResponse.of(() -> form(format, error).createForm(TEMPLATE_WITHOUT_CODES));
    }

    private LoginFormsProvider form(CodeFormat format, @Nullable String error) {
        LoginFormsProvider form = context.form()
                .setAttribute(
                        "backupCodesForm",
                        new NewCodesFormBean(
                                pending.page().orElseThrow(),
                                retype.number(),
                                format,
                                new CodeUsedPage(context).isCodesPageOptional(),
                                new CodeSetupPrompt(context).isCodesPageOptional()));
        if (error != null) {
            boolean asked = retype.number().isPresent();
            // in the digits of the list, whatever the digits of the language
            Object[] number =
                    asked ? new Object[] {String.valueOf(retype.number().getAsInt())} : new Object[0];
            form.addError(new FormMessage(asked ? TYPED_BACK : SAVED, error, number));
        }
        return form;
    }

    private NewCodesBean bean(List<BackupCode> shown, CodeSet set) {
        LocalizedDates date = LocalizedDates.of(context);
        Instant end = set.expiresAt();
        return new NewCodesBean(
                shown,
                SiteName.of(context.getRealm()),
                context.getUser().getUsername(),
                date.write(set.createdAt()),
                end == null ? null : date.write(end),
                codes.hasSet() || codes.hasKeycloakRecoveryCodes(),
                new NeverPromptedCheck(context).willNeverBePrompted());
    }
}
