package io.github.backupcodes.enrollment;

import io.github.backupcodes.afteruse.CodeUsedPage;
import io.github.backupcodes.afteruse.NextPage;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.flow.BackupCodeLoa;
import io.github.backupcodes.loginstrength.AccountStatusCheck;
import io.github.backupcodes.loginstrength.ActionTokenLogin;
import io.github.backupcodes.loginstrength.CreatedCredentialsNote;
import io.github.backupcodes.loginstrength.LoginRestart;
import io.github.backupcodes.loginstrength.LoginStart;
import io.github.backupcodes.loginstrength.PasswordOnlyLoginCheck;
import io.github.backupcodes.loginstrength.StrongCredentialUse;
import io.github.backupcodes.policy.BackupCodesPolicy;
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
 * Makes a set, shows it once and saves it when the server has been told that it is kept. Until then an older set stays
 * valid, and leaving the page changes nothing. The codes exist in the response that shows them and nowhere else.
 */
final class ConfigureBackupCodes implements RequiredActionProvider, CredentialRegistrator {

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

    /** Keeps the record of a used code, and asks users with a second factor for codes where they have none. */
    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        new RequiredActionAssignment(BackupCodesPolicy.REQUIRED_ACTION, context).prepare();
        LoginStart loginStart = new LoginStart(context);
        loginStart.record();
        loginStart.rejectIfLoggedOut();
        Optional<UsedCodeNote> used = UsedCodeNote.in(context.getAuthenticationSession());
        used.ifPresent(code -> code.describe(context.getEvent()));
        if (used.isEmpty()) {
            codes(context).temporary().removeIfOver();
        }
        new StrongCredentialUse(context).mark();
        new ActionTokenLogin(context).mark();
        new PasswordOnlyLoginCheck(context).mark();
        CreatedCredentialsNote made = new CreatedCredentialsNote(context);
        made.mark();
        made.followUp();
        new CodeUsedPage(context).updateSetupProgress();
        new CodeSetupPrompt(context).consider();
    }

    /**
     * After the use of a code first the page about that, for the others first the question if it is one, then new codes. A
     * sign-in that is too weak for these leaves the action waiting for a better one; in a session in which an application
     * asks for codes the user signs in again.
     */
    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        CodeUsedPage codeUsedPage = new CodeUsedPage(context);
        CodeSetupPrompt prompt = new CodeSetupPrompt(context);
        NewCodesPage codesPage = new NewCodesPage(context, random);
        if (!codes(context).canExist() || codeUsedPage.isSettingUp()) {
            context.ignore();
        } else if (codeUsedPage.isDue()) {
            context.challenge(codeUsedPage.page());
        } else if (prompt.isObsolete()) {
            prompt.withdraw();
            context.ignore();
        } else if (prompt.isDue()) {
            context.challenge(prompt.page());
        } else if (codesPage.mayBeOpened()) {
            context.challenge(codesPage.open());
        } else if (isAskedInSession(context)) {
            context.challenge(LoginRestart.ofSession(context));
        } else {
            context.ignore();
        }
    }

    /** Whether an application asks for codes in a session that was found by its cookie. */
    private static boolean isAskedInSession(RequiredActionContext context) {
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
        NewCodesPage codesPage = new NewCodesPage(context, random);
        CodeUsedPage codeUsedPage = new CodeUsedPage(context);
        CodeSetupPrompt prompt = new CodeSetupPrompt(context);
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
            new CodeSetSaver(context, kept.set()).save(codesPage);
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
            // not by success(): Keycloak would record the action as done, and take it away from the user
            case ON -> RequiredActionRedirect.from(context);
        };
    }

    private static UserBackupCodes codes(RequiredActionContext context) {
        return UserBackupCodes.of(context.getSession(), context.getUser());
    }

    @Override
    public void initiatedActionCanceled(KeycloakSession session, AuthenticationSessionModel authSession) {
        new PendingCodeSet(authSession).discard();
        new RetypeConfirmation(authSession).forget();
    }

    @Override
    public void close() {}
}
