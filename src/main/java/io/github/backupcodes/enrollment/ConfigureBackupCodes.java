package io.github.backupcodes.enrollment;

import io.github.backupcodes.credential.BackupCodes;
import io.github.backupcodes.credential.BackupCodesCredentialProvider;
import io.github.backupcodes.credential.CodeLevel;
import io.github.backupcodes.policy.Policy;
import io.github.backupcodes.signin.RequiredActionAssignment;
import io.github.backupcodes.signin.UsedCode;
import io.github.backupcodes.support.PageResponse;
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
        new RequiredActionAssignment(Policy.REQUIRED_ACTION, context).prepare();
        Beginning beginning = new Beginning(context);
        beginning.mark();
        beginning.refuseIfEnded();
        Optional<UsedCode> used = UsedCode.in(context.getAuthenticationSession());
        used.ifPresent(code -> code.describe(context.getEvent()));
        if (used.isEmpty()) {
            codes(context).temporary().removeIfOver();
        }
        new Evidence(context).mark();
        new ByLink(context).mark();
        new Proof(context).mark();
        MadeCredentials made = new MadeCredentials(context);
        made.mark();
        made.followUp();
        new AfterUse(context).followUp();
        new Invitation(context).consider();
    }

    /**
     * After the use of a code first the page about that, for the others first the question if it is one, then new codes. A
     * sign-in that is too weak for these leaves the action waiting for a better one; in a session in which an application
     * asks for codes the user signs in again.
     */
    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        AfterUse afterUse = new AfterUse(context);
        Invitation invitation = new Invitation(context);
        CodesPage codesPage = new CodesPage(context, random);
        if (!codes(context).canExist() || afterUse.isSettingUp()) {
            context.ignore();
        } else if (afterUse.isDue()) {
            context.challenge(afterUse.page());
        } else if (invitation.isObsolete()) {
            invitation.withdraw();
            context.ignore();
        } else if (invitation.isDue()) {
            context.challenge(invitation.page());
        } else if (codesPage.mayBeOpened()) {
            context.challenge(codesPage.open());
        } else if (isAskedInSession(context)) {
            context.challenge(SignInRestart.ofSession(context));
        } else {
            context.ignore();
        }
    }

    /** Whether an application asks for codes in a session that was found by its cookie. */
    private static boolean isAskedInSession(RequiredActionContext context) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        return Policy.REQUIRED_ACTION.equals(signIn.getClientNote(Constants.KC_ACTION))
                && AuthenticatorUtil.isSSOAuthentication(signIn);
    }

    @Override
    public void processAction(RequiredActionContext context) {
        if (!AccountStatusCheck.passes(context)) {
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
            new KeptSet(context, kept.set()).save(codesPage);
        } else if (answer instanceof CodesPage.Answer.NotKept notKept) {
            context.challenge(notKept.page());
        }
    }

    private static Response lead(
            Next next, Supplier<Response> page, CodesPage codesPage, RequiredActionContext context) {
        codesPage.discard();
        return switch (next) {
            case PAGE -> PageResponse.of(page);
            case CODES -> codesPage.showNew();
            // not by success(): Keycloak would record the action as done, and take it away from the user
            case ON -> Onward.from(context);
        };
    }

    private static BackupCodes codes(RequiredActionContext context) {
        return BackupCodesCredentialProvider.of(context.getSession()).codes(context.getUser());
    }

    @Override
    public void initiatedActionCanceled(KeycloakSession session, AuthenticationSessionModel authSession) {
        new PendingSet(authSession).discard();
        new TypedBack(authSession).forget();
    }

    @Override
    public void close() {}
}
