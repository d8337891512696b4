package io.github.backupcodes.enrollment;

import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.GeneratedCodes;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.loginstrength.LoginRestart;
import io.github.backupcodes.loginstrength.LoginVerificationActivation;
import io.github.backupcodes.loginstrength.SignInStrength;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.policy.SaveConfirmation;
import io.github.backupcodes.policy.SiteName;
import io.github.backupcodes.support.LocalizedDates;
import io.github.backupcodes.support.PageResponse;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.utils.FormMessage;

/**
 * The page that shows a new set, once, and reads the confirmation that the user has saved it: a selected checkbox, or
 * one retyped code. Users who did not select the checkbox get another set, because codes are shown only once; users who
 * mistype a code are asked for it again without seeing it, because otherwise every typo would mean to save another
 * list.
 */
final class NewCodesPage {

    /** The result of a submitted page. */
    sealed interface Answer {

        /** The user confirmed the codes: their set can be saved, and is pending until then. */
        record Kept(CodeSet set) implements Answer {}

        /** The user did not confirm them: shows a page. */
        record NotKept(Response page) implements Answer {}
    }

    /** The checkbox: "I have saved my codes". */
    private static final String SAVED = "codesSaved";

    /** The field for the retyped code. If it is shown, the code is the confirmation, and the checkbox is not shown. */
    private static final String TYPED_BACK = "backupCode";

    /** The id of the page, so that the set is saved that the page shows. */
    private static final String SHOWN_ON = "shownOn";

    /** The button for users who cannot retype what was shown. */
    private static final String NEW_CODES = "newCodes";

    private static final String ON = "on";
    private static final String TEMPLATE = "backup-codes-config.ftl";
    private static final String TEMPLATE_BUSY = "backup-codes-busy.ftl";
    private static final String TEMPLATE_WITHOUT_CODES = "backup-codes-retype.ftl";

    private final BackupCodesActionContext request;
    private final RequiredActionContext context;
    private final UserBackupCodes codes;
    private final PendingCodeSet pending;
    private final RetypeConfirmation retype;
    private final SignInStrength strength;

    NewCodesPage(BackupCodesActionContext request) {
        this.request = request;
        this.context = request.keycloak();
        this.codes = request.codes();
        this.pending = new PendingCodeSet(request.signIn());
        this.retype = new RetypeConfirmation(request.signIn());
        this.strength = request.strength();
    }

    /** Whether the sign-in is strong enough for the page that comes next. */
    boolean mayBeOpened() {
        return shownBefore().isPresent() ? strength.sufficesToSave() : strength.suffices();
    }

    /** The page when the action starts: with new codes, unless a code of those shown must still be retyped. */
    Response open() {
        return shownBefore().map(shown -> askToRetype(shown.format(), null)).orElseGet(() -> showNew(null));
    }

    /** The set of which a code must still be retyped, after a typo. */
    private Optional<CodeSet> shownBefore() {
        return pending.set().filter(shown -> retype.isAskedAgain());
    }

    /** Renders the page with new codes. */
    Response showNew() {
        return showNew(null);
    }

    /**
     * Reads from the submitted page whether the user confirmed the codes. The sign-in is checked again: a page can be
     * open for a long time, and another session may have set up a second factor meanwhile.
     */
    Answer read(MultivaluedMap<String, String> form) {
        if (!strength.sufficesToSave()) {
            return new Answer.NotKept(LoginRestart.ofOpenPage(context, BackupCodesPolicy.REQUIRED_ACTION));
        }
        if (form.containsKey(NEW_CODES)) {
            return new Answer.NotKept(showNew(null));
        }
        Optional<CodeSet> shown = pending.of(form.getFirst(SHOWN_ON));
        if (retype.number().isEmpty()) {
            return shown.isPresent() && ON.equals(form.getFirst(SAVED))
                    ? new Answer.Kept(shown.get())
                    : new Answer.NotKept(showNew(
                            request.policy().codeCount() == 1
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

    /** Forgets the set that was shown, because it is saved. */
    void saved() {
        pending.saved();
        retype.forget();
    }

    /** Discards the set that was shown and is not saved. */
    void discard() {
        pending.discard();
        retype.forget();
    }

    /**
     * Renders the page from which codes can be saved that could not be saved in time. Keycloak accepts no form twice,
     * so sending the old page again would generate other codes. Users who have retyped a code need not do so again.
     *
     * @param logoutSessions whether the user selected to sign out other sessions, to be submitted with the page
     */
    Response busySaving(boolean logoutSessions) {
        retype.forget();
        return context.form()
                .setError("backupCodesErrorBusySaving")
                .setAttribute(
                        "backupCodesBusy",
                        Map.of("shownOn", pending.page().orElseThrow(), "logoutSessions", logoutSessions))
                .createForm(TEMPLATE_BUSY);
    }

    private Response busy() {
        return context.form().setError("backupCodesErrorBusy").createErrorPage(Response.Status.SERVICE_UNAVAILABLE);
    }

    private Response showNew(@Nullable String error) {
        if (!strength.suffices()) {
            return LoginRestart.ofOpenPage(context, BackupCodesPolicy.REQUIRED_ACTION);
        }
        BackupCodesPolicy policy = request.policy();
        GeneratedCodes newSet = GeneratedCodes.ofSet(policy, request.random());
        Optional<CodeSet> hashed = codes.hashNewSet(newSet::hash);
        if (hashed.isEmpty()) {
            return busy();
        }
        boolean shownBefore = pending.wasShown();
        pending.put(hashed.get());
        if (policy.confirmation() == SaveConfirmation.RETYPE) {
            retype.choose(hashed.get().total(), request.random());
        } else {
            retype.forget();
        }
        // Keycloak sends its pages with no-store: no copy in a cache, and "back" asks the server again (OWASP ASVS 5.0,
        // 14.3.2)
        return PageResponse.of(() -> form(policy.format(), error)
                .setAttribute("backupCodes", bean(newSet.codes(), hashed.get(), shownBefore))
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
                                request.codeUsedPage().isCodesPageOptional(),
                                request.prompt().isCodesPageOptional(),
                                !isLoginVerificationNew()
                                        && !request.codeUsedPage().hasSetUp()));
        if (error != null) {
            boolean asked = retype.number().isPresent();
            // in the digits of the list, whatever digits the language uses
            Object[] number =
                    asked ? new Object[] {String.valueOf(retype.number().getAsInt())} : new Object[0];
            form.addError(new FormMessage(asked ? TYPED_BACK : SAVED, error, number));
        }
        return form;
    }

    /** Whether the user has turned on login verification in this sign-in, of which the codes are the last step. */
    private boolean isLoginVerificationNew() {
        return new LoginVerificationActivation(context).isActivated();
    }

    private NewCodesBean bean(List<BackupCode> shown, CodeSet set, boolean shownBefore) {
        LocalizedDates date = LocalizedDates.of(context);
        Instant end = set.expiresAt();
        String site = SiteName.of(context.getRealm());
        return new NewCodesBean(
                shown,
                site,
                // null for some names that are no valid host names, for example with an underscore
                Objects.requireNonNullElse(context.getUriInfo().getBaseUri().getHost(), site),
                context.getUser().getUsername(),
                date.exactDateTime(set.createdAt()),
                end == null ? null : date.date(end),
                codes.hasSet() || codes.hasKeycloakRecoveryCodes(),
                shownBefore,
                isLoginVerificationNew());
    }
}
