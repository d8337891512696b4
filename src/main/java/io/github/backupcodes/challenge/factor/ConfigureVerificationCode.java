package io.github.backupcodes.challenge.factor;

import io.github.backupcodes.challenge.form.VerificationCodeError;
import io.github.backupcodes.challenge.store.ChallengeResult;
import io.github.backupcodes.challenge.store.ChallengeResult.Outcome;
import io.github.backupcodes.challenge.store.VerificationCodeState;
import io.github.backupcodes.challenge.store.VerificationCodeStore;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.loginstrength.AccountStatusCheck;
import io.github.backupcodes.loginstrength.CreatedCredentialsNote;
import io.github.backupcodes.loginstrength.LoginRecord;
import io.github.backupcodes.loginstrength.LoginRestart;
import io.github.backupcodes.loginstrength.SignInStrength;
import io.github.backupcodes.notification.Notification;
import io.github.backupcodes.notification.NotificationProvider;
import io.github.backupcodes.support.RequiredActionAssignment;
import io.github.backupcodes.support.RequiredActionRedirect;
import io.github.backupcodes.support.RequiredActions;
import io.github.backupcodes.support.SendingQueue;
import io.github.backupcodes.support.UserStorages;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A required action that sets up a factor whose codes are sent: sends a code to a destination of the user, and saves the destination
 * once the code was entered. Until then nothing is saved, and an earlier destination remains.
 */
public abstract class ConfigureVerificationCode implements RequiredActionProvider, CredentialRegistrator {

    /** The button that sends the first code. */
    private static final String SEND = "send";

    /** The button that sends a code again. */
    private static final String RESEND = "resend";

    private final VerificationCodeFactor factor;
    private final String template;

    /**
     * Takes the factor.
     *
     * @param template of all pages
     */
    protected ConfigureVerificationCode(VerificationCodeFactor factor, String template) {
        this.factor = factor;
        this.template = template;
    }

    /**
     * What codes of this kind are, with a way to say where to send them.
     *
     * @param error of what was entered on it; null for none
     */
    protected abstract void showIntroduction(RequiredActionContext context, @Nullable FormMessage error);

    /**
     * Why the user cannot set the factor up now: the key of a message. Empty if the user can.
     *
     * @param canSend whether codes can be sent at all
     */
    protected abstract Optional<String> obstacle(RequiredActionContext context, boolean canSend);

    /** Whether an obstacle is an address that the user has not verified. */
    protected abstract boolean needsVerifiedEmail(RequiredActionContext context);

    /** Where to send the first code, from the submitted form; if it is invalid, the page shows it. */
    protected abstract Optional<String> destination(RequiredActionContext context);

    /**
     * Where codes go that a user enters although this tab has no note of it: requests of other tabs of the same browser may overwrite the
     * note. Empty if only the note says it.
     */
    protected Optional<String> onlyDestination(RequiredActionContext context) {
        return Optional.empty();
    }

    /** Whether a code for a destination, to which one was sent, is still wanted. */
    protected abstract boolean isWanted(RequiredActionContext context, String destination);

    /** Answers the form itself, before anything else; false if it has another button than those of this class. */
    protected boolean answers(MultivaluedMap<String, String> form, RequiredActionContext context) {
        return false;
    }

    /** Called after a destination was saved instead of an earlier one. */
    protected void replaced(RequiredActionContext context, VerificationCodeState before) {}

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    /** Keycloak requires the level at which the flow accepts this type before an application can start the action. */
    @Override
    public String getCredentialType(KeycloakSession session, AuthenticationSessionModel authenticationSession) {
        return factor.type();
    }

    /** Records what the sign-in is worth. */
    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        new RequiredActionAssignment(factor.requiredAction(), context).prepare();
        LoginRecord.keep(context);
        if (AuthenticatorUtil.getAuthnCredentials(context.getAuthenticationSession())
                .contains(factor.type())) {
            context.getEvent().detail(Details.CREDENTIAL_TYPE, factor.type());
        }
    }

    /**
     * Shows the page, if the sign-in is strong enough and codes can be sent. Otherwise the action remains assigned for a later sign-in; an
     * application that asks for it gets a page, from which the user can go back.
     */
    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        if (!new UserStorages(context.getUser()).isStored()) {
            context.ignore();
            return;
        }
        if (!strength(context).suffices()) {
            refuse(context);
            return;
        }
        VerificationCodeSetup setup = setup(context);
        Optional<String> obstacle = obstacle(context, setup.canSend());
        if (obstacle.isPresent()) {
            if (needsVerifiedEmail(context) && requiresVerification(context)) {
                context.challenge(RequiredActionRedirect.from(context));
            } else if (isOfApplication(context)) {
                context.challenge(context.form()
                        .setAttribute("verificationCodeObstacle", obstacle.get())
                        .createForm(template));
            } else {
                context.ignore();
            }
            return;
        }
        VerificationCodeSetupPage page = page(context, setup);
        Optional<String> open = page.destination().filter(destination -> isWanted(context, destination));
        if (open.isPresent()) {
            context.challenge(page.show(open.get()));
        } else {
            showIntroduction(context, null);
        }
    }

    /** Has Keycloak's own action verify the address first; this one never does. False if it cannot, or waits already. */
    private static boolean requiresVerification(RequiredActionContext context) {
        UserModel user = context.getUser();
        String address = user.getEmail();
        Optional<String> verification =
                RequiredActions.alias(context.getRealm(), UserModel.RequiredAction.VERIFY_EMAIL.name());
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        if (user.isEmailVerified()
                || address == null
                || address.isBlank()
                || verification.isEmpty()
                || signIn.getRequiredActions().contains(verification.get())
                || user.getRequiredActionsStream().anyMatch(verification.get()::equals)) {
            return false;
        }
        signIn.addRequiredAction(verification.get());
        return true;
    }

    /** The sign-in is too weak to add a factor beside those that the user has. */
    private void refuse(RequiredActionContext context) {
        if (isOfApplication(context) && AuthenticatorUtil.isSSOAuthentication(context.getAuthenticationSession())) {
            context.challenge(LoginRestart.ofSession(context));
        } else {
            context.ignore();
        }
    }

    /** Whether an application has sent the user to this action. */
    protected final boolean isOfApplication(RequiredActionContext context) {
        return factor.requiredAction().equals(context.getAuthenticationSession().getClientNote(Constants.KC_ACTION));
    }

    private SignInStrength strength(RequiredActionContext context) {
        return new SignInStrength(context, factor.requiredAction(), factor.type());
    }

    private VerificationCodeSetup setup(RequiredActionContext context) {
        return VerificationCodeSetup.of(context.getSession(), context.getUser(), factor.type());
    }

    private VerificationCodeSetupPage page(RequiredActionContext context, VerificationCodeSetup setup) {
        return new VerificationCodeSetupPage(context, factor, setup, template);
    }

    @Override
    public void processAction(RequiredActionContext context) {
        if (!AccountStatusCheck.passes(context)) {
            return;
        }
        VerificationCodeSetup setup = setup(context);
        if (obstacle(context, setup.canSend()).isPresent() || !strength(context).sufficesToSave()) {
            // changed since the page was shown
            context.challenge(RequiredActionRedirect.from(context));
            return;
        }
        VerificationCodeSetupPage page = page(context, setup);
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (answers(form, context)) {
            return;
        }
        if ((form.containsKey(SEND) || form.containsKey(RESEND))
                && !strength(context).suffices()) {
            context.challenge(LoginRestart.ofOpenPage(context, factor.requiredAction()));
        } else if (form.containsKey(SEND)) {
            destination(context).ifPresent(destination -> context.challenge(page.open(destination)));
        } else {
            goOn(form, context, setup, page);
        }
    }

    /** After the first code was sent. */
    private void goOn(
            MultivaluedMap<String, String> form,
            RequiredActionContext context,
            VerificationCodeSetup setup,
            VerificationCodeSetupPage page) {
        Optional<String> open = page.destination()
                .or(() -> onlyDestination(context))
                .filter(destination -> isWanted(context, destination));
        if (open.isEmpty()) {
            page.close();
            showIntroduction(context, null);
        } else if (form.containsKey(RESEND)) {
            context.challenge(page.again(open.get()));
        } else {
            String entered = form.getFirst(factor.field());
            enter(entered == null ? "" : entered, open.get(), context, setup, page);
        }
    }

    /** Sends a message that has nothing to do with a code, in the queue of the factor, if this request succeeds. */
    protected final void enqueue(RequiredActionContext context, SendingQueue.Task task) {
        VerificationCodeCredentialProvider.of(context.getSession(), factor.type())
                .enqueue(task);
    }

    /** Forgets where a code was sent to, so that the user can say it again. */
    protected final void startAgain(RequiredActionContext context) {
        VerificationCodeSetupPage.close(context.getAuthenticationSession(), factor);
        showIntroduction(context, null);
    }

    private void enter(
            String entered,
            String destination,
            RequiredActionContext context,
            VerificationCodeSetup setup,
            VerificationCodeSetupPage page) {
        ChallengeResult result = setup.verify(entered, destination, context.getAuthenticationSession());
        if (result.outcome() == Outcome.ACCEPTED) {
            save(setup, destination, context, page);
            return;
        }
        context.getEvent()
                .clone()
                .event(EventType.UPDATE_CREDENTIAL)
                .detail(Details.CREDENTIAL_TYPE, factor.type())
                .detail(Details.REASON, result.outcome().id())
                .error(Errors.INVALID_USER_CREDENTIALS);
        context.challenge(page.refused(
                destination,
                VerificationCodeError.of(
                        factor.field(), result.outcome(), setup.policy().digits(), entered.isBlank())));
    }

    /**
     * The strength is asked again: a factor may have been added in another session while the code was on its way, or is being added at the
     * same moment.
     */
    private void save(
            VerificationCodeSetup setup,
            String destination,
            RequiredActionContext context,
            VerificationCodeSetupPage page) {
        CredentialModel saved;
        Optional<VerificationCodeState> before;
        try {
            setup.lockOwner();
            if (!strength(context).sufficesToSave()) {
                page.close();
                context.challenge(LoginRestart.ofOpenPage(context, factor.requiredAction()));
                return;
            }
            VerificationCodeStore.SavedDestination row = setup.save(destination);
            saved = row.credential();
            before = row.before().filter(state -> !state.destination().equals(destination));
        } catch (CredentialLockedException e) {
            context.challenge(page.refused(destination, new FormMessage(factor.field(), "verificationCodeErrorBusy")));
            return;
        }
        page.close();
        new CreatedCredentialsNote(context).add(saved.getId());
        context.getEvent()
                .clone()
                .event(EventType.UPDATE_CREDENTIAL)
                .detail(Details.CREDENTIAL_TYPE, factor.type())
                .detail(Details.CREDENTIAL_ID, saved.getId())
                .success();
        NotificationProvider.of(context.getSession())
                .notify(
                        context.getUser(),
                        new Notification.VerificationCodeSetUp(
                                factor.type(), new CreatedCredentialsNote(context).ids(), before.isPresent()));
        before.ifPresent(state -> replaced(context, state));
        new RequiredActionAssignment(factor.requiredAction(), context).complete(context);
    }

    @Override
    public void initiatedActionCanceled(KeycloakSession session, AuthenticationSessionModel authSession) {
        VerificationCodeSetupPage.close(authSession, factor);
    }

    @Override
    public void close() {}
}
