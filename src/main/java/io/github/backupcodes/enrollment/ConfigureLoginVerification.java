package io.github.backupcodes.enrollment;

import io.github.backupcodes.policy.Policy;
import io.github.backupcodes.policy.VerificationPolicy;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.events.Errors;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.services.messages.Messages;

/**
 * Turns login verification on: lets a user without a second factor choose one of those that the realm offers, has it set up
 * by its own required action, and then the backup codes. It is done when there is a second factor that the flow accepts, and
 * leaves the codes, if they are still to be made, to their own required action.
 */
final class ConfigureLoginVerification implements RequiredActionProvider {

    private static final Logger LOG = Logger.getLogger(ConfigureLoginVerification.class);

    private static final String SET_UP = "setUp";
    private static final String SKIP = "skip";
    private static final String TEMPLATE = "login-verification.ftl";

    /** That the user is not asked in this sign-in. */
    private static final String PASSED_OVER_NOTE = "login-verification.passed-over";

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    /** Brings back what was put off, and takes note of a set-up that has ended. */
    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        Postponement postponement = new Postponement(context);
        if (postponement.isDue() && !verification(context).isOn()) {
            context.getAuthenticationSession().addRequiredAction(VerificationPolicy.REQUIRED_ACTION);
        }
        InitiatedVerification initiated = new InitiatedVerification(context);
        SetUp setUp = new SetUp(context, SetUp.Asked.FOR_VERIFICATION);
        if (setUp.isPending() && !setUp.isCancelled()) {
            return;
        }
        boolean ended = setUp.started().isPresent();
        if (ended) {
            setUp.end();
        }
        initiated.resume();
        if (ended || initiated.isWanted()) {
            followUp(context, ended);
        }
    }

    private static void followUp(RequiredActionContext context, boolean afterSetUp) {
        Verification verification = verification(context);
        TurnedOn turnedOn = new TurnedOn(context);
        if (!verification.isOn()) {
            turnedOn.rememberOff();
        } else if (afterSetUp) {
            turnedOn.turnedOn(verification);
        }
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        if (isPassedOver(context) || new SetUp(context, SetUp.Asked.FOR_VERIFICATION).isPending()) {
            // a set-up comes first; the wish of an application is held back meanwhile, or it would have failed by this
            context.ignore();
            return;
        }
        Verification verification = verification(context);
        if (verification.isOn()) {
            done(context);
            return;
        }
        Optional<String> obstacle = obstacle(context, verification);
        if (obstacle.isPresent()) {
            passOver(obstacle.get(), context);
        } else if (new Postponement(context).isOfThisSignIn()) {
            context.ignore();
        } else {
            context.challenge(page(context, verification));
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        if (!context.getUser().isEnabled()) {
            context.challenge(
                    context.form().setError(Messages.ACCOUNT_DISABLED).createErrorPage(Response.Status.FORBIDDEN));
            return;
        }
        Verification verification = verification(context);
        if (verification.isOn() || obstacle(context, verification).isPresent()) {
            // since the page was shown
            context.challenge(Onward.from(context));
            return;
        }
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        Optional<OfferedFactor> chosen = verification.offered().stream()
                .filter(offered -> offered.type().equals(form.getFirst(SET_UP)))
                .findFirst();
        if (chosen.isPresent()) {
            new InitiatedVerification(context).holdBack();
            new SetUp(context, SetUp.Asked.FOR_VERIFICATION).start(chosen.get().action());
            context.challenge(Onward.from(context));
        } else if (form.containsKey(SKIP) && end(context).isPresent()) {
            putOff(context);
        } else {
            context.challenge(page(context, verification));
        }
    }

    /** Recorded as Keycloak records the Cancel of an action. */
    private static void putOff(RequiredActionContext context) {
        new Postponement(context).putOff();
        new InitiatedVerification(context).end(RequiredActionContext.KcActionStatus.CANCELLED);
        context.getEvent().clone().error(Errors.REJECTED_BY_USER);
        context.challenge(Onward.from(context));
    }

    private static void done(RequiredActionContext context) {
        new Postponement(context).forget();
        InitiatedVerification initiated = new InitiatedVerification(context);
        if (!initiated.isRequired() && areCodesWaiting(context)) {
            // this sign-in was too weak to make them: all is not done
            context.ignore();
            return;
        }
        if (new StoredUser(context.getUser()).canBeChanged()) {
            context.success();
            return;
        }
        // Keycloak would take the action away from the user, and fail
        context.getAuthenticationSession().removeRequiredAction(VerificationPolicy.REQUIRED_ACTION);
        initiated.end(RequiredActionContext.KcActionStatus.SUCCESS);
        goOnPast(context);
    }

    /** An action of the user comes before that of an application, unless it was passed over. */
    private static boolean areCodesWaiting(RequiredActionContext context) {
        return context.getUser().getRequiredActionsStream().anyMatch(Policy.REQUIRED_ACTION::equals);
    }

    /** Why the user cannot be asked, for the log. */
    private static Optional<String> obstacle(RequiredActionContext context, Verification verification) {
        if (verification.isOnInRealm()) {
            return Optional.of("the user has a second factor, but the flow of this client does not accept it");
        }
        if (!new StoredUser(context.getUser()).canBeChanged()) {
            return Optional.of("the storage of the user allows no change");
        }
        return verification.offered().isEmpty()
                ? Optional.of(
                        "the realm offers no second factor: none has both an enabled required action that makes it and an"
                                + " enabled execution in the browser flow that accepts it")
                : Optional.empty();
    }

    private static boolean isPassedOver(RequiredActionContext context) {
        return context.getAuthenticationSession().getAuthNote(PASSED_OVER_NOTE) != null;
    }

    private static void passOver(String obstacle, RequiredActionContext context) {
        LOG.infof(
                "Login verification is not turned on for user %s in realm %s: %s.",
                context.getUser().getId(), context.getRealm().getName(), obstacle);
        goOnPast(context);
    }

    /**
     * In another request: to ask a storage whether it allows changes is to take the user out of the cache, and not every
     * storage shows the other actions of the same request as much of the user as the cache does.
     */
    private static void goOnPast(RequiredActionContext context) {
        context.getAuthenticationSession().setAuthNote(PASSED_OVER_NOTE, Boolean.TRUE.toString());
        context.challenge(Onward.from(context));
    }

    private static Response page(RequiredActionContext context, Verification verification) {
        List<OfferedFactor> offered = verification.offered();
        if (new InitiatedVerification(context).isRequired()) {
            new Postponement(context).remember();
        }
        return context.form()
                .setAttribute(
                        "loginVerification",
                        new LoginVerificationBean(
                                offered,
                                new TurnedOn(context).areCodesOffered(verification),
                                end(context).orElse(null)))
                .createForm(TEMPLATE);
    }

    /** The last day on which it can be put off. Whoever comes here by choice, from an application, can cancel instead. */
    private static Optional<String> end(RequiredActionContext context) {
        return Optional.of(context)
                .filter(asked -> new InitiatedVerification(asked).isRequired())
                .flatMap(asked -> new Postponement(asked).end())
                .map(end -> UserDate.of(context).write(end.minusSeconds(1)));
    }

    private static Verification verification(RequiredActionContext context) {
        return new Verification(
                context.getSession(),
                context.getRealm(),
                context.getUser(),
                AuthenticationFlowResolver.resolveBrowserFlow(context.getAuthenticationSession()));
    }

    @Override
    public void close() {}
}
