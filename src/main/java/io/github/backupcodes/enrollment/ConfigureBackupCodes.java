package io.github.backupcodes.enrollment;

import io.github.backupcodes.afteruse.CodeUsedPage;
import io.github.backupcodes.afteruse.NextPage;
import io.github.backupcodes.flow.BackupCodeLoa;
import io.github.backupcodes.loginstrength.AccountStatusCheck;
import io.github.backupcodes.loginstrength.LoginRecord;
import io.github.backupcodes.loginstrength.LoginRestart;
import io.github.backupcodes.loginstrength.LoginStart;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.signin.InterruptedTemporaryLogin;
import io.github.backupcodes.signin.UsedCodeNote;
import io.github.backupcodes.support.PageResponse;
import io.github.backupcodes.support.RequiredActionAssignment;
import io.github.backupcodes.support.RequiredActionRedirect;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The required action that generates a set, shows it once, and saves it when the user has confirmed that the codes are
 * saved. Until then an older set remains valid, and leaving the page changes nothing. The plain codes exist only in the
 * response that shows them.
 */
final class ConfigureBackupCodes implements RequiredActionProvider, CredentialRegistrator {

    private final SecureRandom random;

    ConfigureBackupCodes(SecureRandom random) {
        this.random = random;
    }

    /**
     * With step-up authentication Keycloak's {@code AcrStore} requires the level at which the flow accepts this type
     * before the user may start the action, unless the user has nothing yet to sign in with at that level.
     */
    @Override
    public String getCredentialType(KeycloakSession session, AuthenticationSessionModel authenticationSession) {
        return new BackupCodeLoa(
                        session,
                        authenticationSession.getRealm(),
                        AuthenticationFlowResolver.resolveBrowserFlow(authenticationSession))
                .credentialType();
    }

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    /**
     * Records the start of the sign-in, adds the details of a used code to the event, and prompts users with a second
     * factor for codes.
     */
    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        new RequiredActionAssignment(BackupCodesPolicy.REQUIRED_ACTION, context).prepare();
        LoginRecord.keep(context);
        Optional<UsedCodeNote> used = UsedCodeNote.in(context.getAuthenticationSession());
        if (used.filter(UsedCodeNote::isTemporary).isPresent()
                && InterruptedTemporaryLogin.wasTaken(context.getSession(), context.getAuthenticationSession())) {
            new LoginStart(context).reject();
        }
        used.ifPresent(code -> code.describe(context.getEvent()));
        BackupCodesActionContext action = new BackupCodesActionContext(context, random);
        if (used.isEmpty()) {
            action.codes().temporary().removeIfOver();
        }
        action.codeUsedPage().updateSetupProgress();
        action.prompt().consider();
        new SecondFactorPrecondition(context).leadToSecondFactor();
    }

    /**
     * Shows the page after a used code if there is one, otherwise the prompt if it is due, otherwise new codes. If the
     * sign-in is too weak for these, the action remains assigned for a stronger one; in a session in which an
     * application requests codes, the user signs in again. If no flow would request the codes, the action remains assigned
     * until the user has a second factor.
     */
    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        BackupCodesActionContext action = new BackupCodesActionContext(context, random);
        CodeUsedPage codeUsedPage = action.codeUsedPage();
        CodeSetupPrompt prompt = action.prompt();
        NewCodesPage codesPage = action.newCodesPage();
        SecondFactorPrecondition precondition = new SecondFactorPrecondition(context);
        if (!action.codes().canExist() || codeUsedPage.isSettingUp()) {
            context.ignore();
        } else if (codeUsedPage.isDue()) {
            context.challenge(codeUsedPage.page());
        } else if (prompt.isObsolete()) {
            prompt.withdraw();
            context.ignore();
        } else if (prompt.isDue()) {
            context.challenge(prompt.page());
        } else if (!precondition.isMet()) {
            if (precondition.needsNewerSignIn()) {
                context.challenge(LoginRestart.ofSession(context));
            } else {
                context.ignore();
            }
        } else if (codesPage.mayBeOpened()) {
            context.challenge(codesPage.open());
        } else if (isRequestedInSession(context)) {
            context.challenge(LoginRestart.ofSession(context));
        } else {
            context.ignore();
        }
    }

    /** Whether an application requests codes in a session that was found by its cookie. */
    private static boolean isRequestedInSession(RequiredActionContext context) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        return BackupCodesPolicy.REQUIRED_ACTION.equals(signIn.getClientNote(Constants.KC_ACTION))
                && AuthenticatorUtil.isSSOAuthentication(signIn);
    }

    @Override
    public void processAction(RequiredActionContext context) {
        if (!AccountStatusCheck.passes(context)) {
            return;
        }
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        BackupCodesActionContext action = new BackupCodesActionContext(context, random);
        NewCodesPage codesPage = action.newCodesPage();
        CodeUsedPage codeUsedPage = action.codeUsedPage();
        CodeSetupPrompt prompt = action.prompt();
        Optional<Response> answered = codeUsedPage
                .answer(form)
                .map(next -> respond(next, codeUsedPage::page, codesPage, context))
                .or(() -> prompt.answer(form).map(next -> respond(next, prompt::page, codesPage, context)));
        if (answered.isPresent()) {
            context.challenge(answered.get());
            return;
        }
        NewCodesPage.Answer answer = codesPage.read(form);
        if (answer instanceof NewCodesPage.Answer.Kept kept) {
            new CodeSetSaver(action, kept.set()).save();
        } else if (answer instanceof NewCodesPage.Answer.NotKept notKept) {
            context.challenge(notKept.page());
        }
    }

    private static Response respond(
            NextPage next, Supplier<Response> page, NewCodesPage codesPage, RequiredActionContext context) {
        codesPage.discard();
        return switch (next) {
            case PAGE -> PageResponse.of(page);
            case CODES -> codesPage.showNew();
            // not by success(): Keycloak would record the action as done, and remove it from the user
            case CONTINUE -> RequiredActionRedirect.from(context);
        };
    }

    @Override
    public void initiatedActionCanceled(KeycloakSession session, AuthenticationSessionModel authSession) {
        new PendingCodeSet(authSession).discard();
        new RetypeConfirmation(authSession).forget();
    }

    @Override
    public void close() {}
}
