package io.github.backupcodes.loginverification;

import io.github.backupcodes.flow.SecondFactorOption;
import io.github.backupcodes.flow.SecondFactorSetup;
import io.github.backupcodes.loginstrength.AccountStatusCheck;
import io.github.backupcodes.loginstrength.LoginRestart;
import io.github.backupcodes.loginstrength.SignInStrength;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.policy.LoginVerificationPolicy;
import io.github.backupcodes.support.RequiredActionAssignment;
import io.github.backupcodes.support.RequiredActionRedirect;
import io.github.backupcodes.support.UserStorages;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.events.Errors;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.TokenUtil;

/**
 * The required action that turns on login verification: lets a user without a second factor choose one of those that
 * the realm offers, and runs the required action that sets it up, and then that of the backup codes. It is done when
 * the user has a second factor that the flow accepts; codes that are still missing are left to their own required
 * action.
 */
final class ConfigureLoginVerification implements RequiredActionProvider, CredentialRegistrator {

    private static final String SET_UP = "setUp";
    private static final String SKIP = "skip";

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    /** No level is required: users who have a second factor gain nothing by this action. */
    @Override
    public @Nullable String getCredentialType(
            KeycloakSession session, AuthenticationSessionModel authenticationSession) {
        return null;
    }

    /** Assigns an action again that was postponed, and handles the end of a set-up. */
    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        action(context).prepare();
        LoginVerificationPostponement postponement = new LoginVerificationPostponement(context);
        if (!isSilent(context) && postponement.isDue() && isAskedFor(context, postponement)) {
            action(context).addToSignIn();
        }
        LoginVerificationRequest request = new LoginVerificationRequest(context);
        SecondFactorSetup setUp = new SecondFactorSetup(context, SecondFactorSetup.Asked.FOR_VERIFICATION);
        if (setUp.isPending() && !setUp.isCancelled()) {
            return;
        }
        boolean ended = setUp.started().isPresent();
        if (ended) {
            setUp.end();
        }
        request.resume();
        if (ended || request.isWanted()) {
            followUp(context, ended);
        }
    }

    /** Users who have a weaker factor than the realm asks for are asked again only when the reminder is due. */
    private static boolean isAskedFor(RequiredActionContext context, LoginVerificationPostponement postponement) {
        LoginVerificationStatus verification = verification(context);
        return verification.isAskedFor() && (!verification.isOn() || postponement.isReminderDue());
    }

    /**
     * Direct grants and silent sign-ins have no page, and would fail. A silent sign-in continues a session whose user
     * was asked, or will be.
     */
    private static boolean isSilent(RequiredActionContext context) {
        return context.getAuthenticationSession().getAuthNote(AuthenticationProcessor.CURRENT_FLOW_PATH) == null
                || TokenUtil.hasPrompt(
                        context.getAuthenticationSession().getClientNote(OIDCLoginProtocol.PROMPT_PARAM),
                        OIDCLoginProtocol.PROMPT_VALUE_NONE);
    }

    private static void followUp(RequiredActionContext context, boolean afterSetUp) {
        LoginVerificationStatus verification = verification(context);
        LoginVerificationFollowUp followUp = new LoginVerificationFollowUp(context);
        if (!verification.isOn()) {
            followUp.noteInactive();
        } else if (afterSetUp && verification.isEnough()) {
            followUp.onActivated(verification);
        }
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        if (LoginVerificationSkip.wasSkipped(context)
                || new SecondFactorSetup(context, SecondFactorSetup.Asked.FOR_VERIFICATION).isPending()) {
            // a set-up comes first; the request of an application is held back meanwhile, otherwise ignore() would end
            // it as failed
            context.ignore();
            return;
        }
        LoginVerificationStatus verification = verification(context);
        if (verification.isEnough()) {
            done(context);
            return;
        }
        Optional<String> obstacle = LoginVerificationSkip.obstacle(context, verification);
        if (obstacle.isPresent()) {
            LoginVerificationSkip.skip(obstacle.get(), context);
        } else if (new LoginVerificationPostponement(context).isOfThisSignIn()) {
            context.ignore();
        } else {
            context.challenge(new LoginVerificationPage(context).show(verification));
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        if (!AccountStatusCheck.passes(context)) {
            return;
        }
        LoginVerificationStatus verification = verification(context);
        if (verification.isEnough()
                || LoginVerificationSkip.obstacle(context, verification).isPresent()) {
            // changed since the page was shown
            context.challenge(RequiredActionRedirect.from(context));
            return;
        }
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        Optional<SecondFactorOption> chosen = verification.offered().stream()
                .filter(offered -> offered.type().equals(form.getFirst(SET_UP)))
                .findFirst();
        if (chosen.isPresent() && isTooOldFor(chosen.get(), context)) {
            context.challenge(LoginRestart.ofSession(context));
        } else if (chosen.isPresent()) {
            new LoginVerificationRequest(context).holdBack();
            new SecondFactorSetup(context, SecondFactorSetup.Asked.FOR_VERIFICATION)
                    .start(chosen.get().action());
            context.challenge(RequiredActionRedirect.from(context));
        } else if (form.containsKey(SKIP) && new LoginVerificationPage(context).isPostponable(verification)) {
            postpone(context);
        } else {
            context.challenge(new LoginVerificationPage(context).show(verification));
        }
    }

    /** Whether an application has started login verification in a session in which it could not have started the set-up itself. */
    private static boolean isTooOldFor(SecondFactorOption chosen, RequiredActionContext context) {
        return LoginVerificationPolicy.REQUIRED_ACTION.equals(
                        context.getAuthenticationSession().getClientNote(Constants.KC_ACTION))
                && !new SignInStrength(context).isRecentEnoughFor(chosen.action());
    }

    /** Recorded as Keycloak records the Cancel of an action. */
    private static void postpone(RequiredActionContext context) {
        new LoginVerificationPostponement(context).putOff();
        new LoginVerificationRequest(context).end(RequiredActionContext.KcActionStatus.CANCELLED);
        context.getEvent().clone().error(Errors.REJECTED_BY_USER);
        context.challenge(RequiredActionRedirect.from(context));
    }

    private static void done(RequiredActionContext context) {
        new LoginVerificationPostponement(context).forget();
        LoginVerificationRequest request = new LoginVerificationRequest(context);
        if (!request.isRequired() && areCodesWaiting(context)) {
            // this sign-in was too weak to generate them, so the action is not done
            context.ignore();
            return;
        }
        action(context).removeFromSignIn();
        if (new UserStorages(context.getUser()).canBeChanged()) {
            action(context).removeFromUser();
            context.success();
            return;
        }
        // Keycloak would try to remove the action from the user, and fail
        request.end(RequiredActionContext.KcActionStatus.SUCCESS);
        LoginVerificationSkip.continueLogin(context);
    }

    /** An action of the user comes before that of an application, unless it was skipped. */
    private static boolean areCodesWaiting(RequiredActionContext context) {
        return new RequiredActionAssignment(BackupCodesPolicy.REQUIRED_ACTION, context).isOfUser();
    }

    private static RequiredActionAssignment action(RequiredActionContext context) {
        return new RequiredActionAssignment(LoginVerificationPolicy.REQUIRED_ACTION, context);
    }

    private static LoginVerificationStatus verification(RequiredActionContext context) {
        return new LoginVerificationStatus(
                context.getSession(),
                context.getRealm(),
                context.getUser(),
                AuthenticationFlowResolver.resolveBrowserFlow(context.getAuthenticationSession()));
    }

    @Override
    public void close() {}
}
