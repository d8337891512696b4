package io.github.backupcodes.enrollment;

import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.BackupCodes;
import io.github.backupcodes.credential.BackupCodesCredentialModel;
import io.github.backupcodes.credential.BackupCodesCredentialProvider;
import io.github.backupcodes.credential.CodeLevel;
import io.github.backupcodes.credential.RowBusyException;
import io.github.backupcodes.policy.Policy;
import io.github.backupcodes.signin.EventDetails;
import io.github.backupcodes.signin.UsedCode;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.events.Details;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.messages.Messages;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.storage.ReadOnlyException;

/**
 * Makes a set, shows it once and saves it when the server has been told that it is kept. Until then an older set stays
 * valid, and leaving the page changes nothing. The codes exist in the response that shows them and nowhere else.
 */
final class ConfigureBackupCodes implements RequiredActionProvider, CredentialRegistrator {

    /** The checkbox of the page: "I have saved my codes". */
    private static final String SAVED = "codesSaved";

    /** The name of the page, so that it saves what it shows. */
    private static final String SHOWN_ON = "shownOn";

    /** Keycloak's checkbox: sign out from other devices. */
    private static final String LOGOUT_SESSIONS = "logout-sessions";

    private static final String ON = "on";
    private static final String PAGE = "backup-codes-config.ftl";

    private final SecureRandom random;

    ConfigureBackupCodes(SecureRandom random) {
        this.random = random;
    }

    /**
     * With step-up authentication Keycloak's {@code AcrStore} asks for the level at which the flow accepts this type before
     * the user may start the action, unless there is nothing yet to sign in with at that level.
     */
    @Override
    public String getCredentialType(KeycloakSession session, AuthenticationSessionModel authenticationSession) {
        return new CodeLevel(
                        session,
                        authenticationSession.getRealm(),
                        AuthenticationFlowResolver.resolveBrowserFlow(authenticationSession))
                .credentialType();
    }

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    /** Asks for nothing: administrators, users and the use of the last code do. It only completes the record. */
    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        UsedCode.in(context.getAuthenticationSession()).ifPresent(used -> used.describe(context.getEvent()));
    }

    /** A sign-in that is too weak for the codes leaves the action waiting for a better one. */
    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        if (new SignInStrength(context).suffices()) {
            context.challenge(showNewCodes(context, null));
        } else {
            context.ignore();
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        if (!context.getUser().isEnabled()) {
            context.challenge(
                    context.form().setError(Messages.ACCOUNT_DISABLED).createErrorPage(Response.Status.FORBIDDEN));
            return;
        }
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        PendingSet pending = new PendingSet(context.getAuthenticationSession());
        Optional<CodeSet> shown = pending.of(form.getFirst(SHOWN_ON));
        if (shown.isEmpty() || !ON.equals(form.getFirst(SAVED))) {
            context.challenge(showNewCodes(context, "backupCodesErrorNotSaved"));
            return;
        }
        try {
            codes(context).save(shown.get(), context.form().getMessage("backup-codes-display-name"));
        } catch (RowBusyException e) {
            // what was shown stays pending: the same page can be sent again
            context.challenge(busy(context));
            return;
        }
        pending.discard();
        if (ON.equals(form.getFirst(LOGOUT_SESSIONS))) {
            AuthenticatorUtil.logoutOtherSessions(context);
        }
        // a copy: Keycloak goes on with its own event, and LOGIN shall not look as if a code had been used
        context.getEvent()
                .clone()
                .event(EventType.UPDATE_CREDENTIAL)
                .detail(Details.CREDENTIAL_TYPE, BackupCodesCredentialModel.TYPE)
                .detail(EventDetails.REMAINING, String.valueOf(shown.get().remaining()))
                .success();
        finish(context);
    }

    /**
     * Keycloak takes a finished action away from the user, which fails for users of a storage that allows no change: for
     * them the action is only taken away from the sign-in, which then goes on.
     */
    private static void finish(RequiredActionContext context) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        try {
            context.getUser().removeRequiredAction(Policy.REQUIRED_ACTION);
            context.success();
        } catch (ReadOnlyException e) {
            signIn.removeRequiredAction(Policy.REQUIRED_ACTION);
            AuthenticationManager.setKcActionStatus(
                    Policy.REQUIRED_ACTION, RequiredActionContext.KcActionStatus.SUCCESS, signIn);
            context.challenge(AuthenticationManager.redirectToRequiredActions(
                    context.getSession(), context.getRealm(), signIn, context.getUriInfo(), null));
        }
    }

    private static Response busy(RequiredActionContext context) {
        return context.form().setError("backupCodesErrorBusy").createErrorPage(Response.Status.SERVICE_UNAVAILABLE);
    }

    @Override
    public void initiatedActionCanceled(KeycloakSession session, AuthenticationSessionModel authSession) {
        new PendingSet(authSession).discard();
    }

    private Response showNewCodes(RequiredActionContext context, @Nullable String error) {
        NewSet newSet = NewSet.draw(Policy.of(context.getRealm()), random);
        Optional<CodeSet> hashed = codes(context).make(newSet::hash);
        if (hashed.isEmpty()) {
            return busy(context);
        }
        String shownOn = new PendingSet(context.getAuthenticationSession()).put(hashed.get());
        // Keycloak answers its pages with no-store: no copy in a cache, and "back" asks the server again
        // (OWASP ASVS 5.0, 14.3.2)
        LoginFormsProvider form = context.form().setAttribute("backupCodes", bean(context, newSet.codes(), shownOn));
        if (error != null) {
            form.addError(new FormMessage(SAVED, error));
        }
        return form.createForm(PAGE);
    }

    private static BackupCodesBean bean(RequiredActionContext context, List<BackupCode> codes, String shownOn) {
        RealmModel realm = context.getRealm();
        UserModel user = context.getUser();
        Locale locale = context.getSession().getContext().resolveLocale(user);
        String site = realm.getDisplayName() == null || realm.getDisplayName().isBlank()
                ? realm.getName()
                : realm.getDisplayName();
        String date = LocalDate.now(ZoneId.systemDefault())
                .format(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale));
        return new BackupCodesBean(
                codes, site, user.getUsername(), date, codes(context).exist(), shownOn);
    }

    private static BackupCodes codes(RequiredActionContext context) {
        return BackupCodesCredentialProvider.of(context.getSession()).codes(context.getUser());
    }

    @Override
    public void close() {}
}
