package io.github.backupcodes.enrollment;

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
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.messages.Messages;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.storage.ReadOnlyException;

/**
 * Makes a set, shows it once and saves it when the server has been told that it is kept. Until then an older set stays
 * valid, and leaving the page changes nothing. The codes exist in the response that shows them and nowhere else.
 */
final class ConfigureBackupCodes implements RequiredActionProvider, CredentialRegistrator {

    /** Keycloak's checkbox: sign out from other devices. */
    private static final String LOGOUT_SESSIONS = "logout-sessions";

    private static final String ON = "on";

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

    /** Keeps the record of a used code, and asks users with a second factor for codes where they have none. */
    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        Optional<UsedCode> used = UsedCode.in(context.getAuthenticationSession());
        used.ifPresent(code -> code.describe(context.getEvent()));
        if (used.isEmpty()) {
            codes(context).temporary().removeIfOver();
        }
        new ByLink(context).mark();
        new Proof(context).mark();
        new AfterUse(context).followUp();
        new Invitation(context).consider();
    }

    /**
     * After the use of a code first the page about that, for the others first the question if it is one, then new codes. A
     * sign-in that is too weak for these leaves the action waiting for a better one.
     */
    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        AfterUse afterUse = new AfterUse(context);
        Invitation invitation = new Invitation(context);
        if (afterUse.isSettingUp()) {
            context.ignore();
        } else if (afterUse.isDue()) {
            context.challenge(afterUse.page());
        } else if (invitation.isObsolete()) {
            invitation.withdraw();
            context.ignore();
        } else if (invitation.isDue()) {
            context.challenge(invitation.page());
        } else if (invitation.isAccepted() || new SignInStrength(context).suffices()) {
            context.challenge(new CodesPage(context, random).open());
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
        CodesPage codesPage = new CodesPage(context, random);
        AfterUse afterUse = new AfterUse(context);
        Invitation invitation = new Invitation(context);
        Optional<Response> answered = afterUse.answer(form)
                .map(next -> lead(next, afterUse::page, codesPage, context))
                .or(() -> invitation.answer(form).map(next -> lead(next, invitation::page, codesPage, context)));
        if (answered.isPresent()) {
            context.challenge(answered.get());
            return;
        }
        CodesPage.Answer answer = codesPage.read(form);
        if (answer instanceof CodesPage.Answer.Kept kept) {
            save(kept.set(), codesPage, context);
        } else if (answer instanceof CodesPage.Answer.NotKept notKept) {
            context.challenge(notKept.page());
        }
    }

    private static Response lead(
            Next next, Supplier<Response> page, CodesPage codesPage, RequiredActionContext context) {
        codesPage.discard();
        return switch (next) {
            case PAGE -> page.get();
            case CODES -> codesPage.showNew();
            // not by success(): Keycloak would record the action as done, and take it away from the user
            case ON -> Onward.from(context);
        };
    }

    private static void save(CodeSet set, CodesPage codesPage, RequiredActionContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        List<CredentialModel> replaced;
        try {
            codes(context).save(set, context.form().getMessage("backup-codes-display-name"));
            replaced = removeRecoveryCodes(context);
        } catch (RowBusyException e) {
            context.challenge(codesPage.busySaving(ON.equals(form.getFirst(LOGOUT_SESSIONS))));
            return;
        }
        codesPage.discard();
        if (ON.equals(form.getFirst(LOGOUT_SESSIONS))) {
            AuthenticatorUtil.logoutOtherSessions(context);
        }
        // a copy: Keycloak goes on with its own event, and LOGIN shall not look as if a code had been used
        context.getEvent()
                .clone()
                .event(EventType.UPDATE_CREDENTIAL)
                .detail(Details.CREDENTIAL_TYPE, BackupCodesCredentialModel.TYPE)
                .detail(EventDetails.REMAINING, String.valueOf(set.remaining()))
                .success();
        replaced.forEach(id -> recordRemoved(id, context));
        finish(context);
    }

    private static BackupCodes codes(RequiredActionContext context) {
        return BackupCodesCredentialProvider.of(context.getSession()).codes(context.getUser());
    }

    /** All or nothing: where these cannot be had, the new set is not saved either, and nobody is told of it. */
    private static List<CredentialModel> removeRecoveryCodes(RequiredActionContext context) {
        try {
            return codes(context).removeRecoveryCodes();
        } catch (RowBusyException e) {
            context.getSession().getTransactionManager().setRollbackOnly();
            throw e;
        }
    }

    /** Keycloak's own recovery codes go when backup codes take their place. */
    private static void recordRemoved(CredentialModel recoveryCodes, RequiredActionContext context) {
        context.getEvent()
                .clone()
                .event(EventType.REMOVE_CREDENTIAL)
                .removeDetail(EventDetails.REMAINING)
                .detail(Details.CUSTOM_REQUIRED_ACTION, Policy.REQUIRED_ACTION)
                .detail(Details.CREDENTIAL_TYPE, recoveryCodes.getType())
                .detail(Details.CREDENTIAL_ID, recoveryCodes.getId())
                .success();
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
            context.challenge(Onward.from(context));
        }
    }

    @Override
    public void initiatedActionCanceled(KeycloakSession session, AuthenticationSessionModel authSession) {
        new PendingSet(authSession).discard();
        new TypedBack(authSession).forget();
    }

    @Override
    public void close() {}
}
