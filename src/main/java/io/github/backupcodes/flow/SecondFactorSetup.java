package io.github.backupcodes.flow;

import io.github.backupcodes.support.RequiredActions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.Constants;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Tracks a second factor that a user sets up during a sign-in, having selected it on a page of ours. The required
 * action of the factor, Keycloak's or another extension's, is assigned to this sign-in only, and can be cancelled:
 * users who have no new phone with them must not be stuck there after using up a code.
 */
public final class SecondFactorSetup {

    /** The page that offered the second factor. */
    public enum Asked {
        /** The page after a code was used. */
        AFTER_USE("backup-codes.set-up"),
        /** The page that turns on login verification. */
        FOR_VERIFICATION("login-verification.set-up");

        private final String note;

        Asked(String note) {
            this.note = note;
        }
    }

    private static final String DONE = ".done";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;
    private final Asked asked;

    /** Takes the context of a required action in the sign-in, and the page that offered the second factor. */
    public SecondFactorSetup(RequiredActionContext context, Asked asked) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
        this.asked = asked;
    }

    /**
     * Starts the set-up; the next page is that of the action.
     *
     * @param action the provider id of an enabled required action
     */
    public void start(String action) {
        signIn.setAuthNote(asked.note, action);
        alias(action).ifPresent(signIn::addRequiredAction);
        // once the action is done Keycloak removes it by this id, which shows that it is done
        signIn.addRequiredAction(action);
        // this note alone makes Keycloak's pages show Cancel and handle it; without KC_ACTION the application gets no
        // status
        signIn.setClientNote(Constants.KC_ACTION_EXECUTING, action);
    }

    /** The action that was started and has not ended. */
    public Optional<String> started() {
        return Optional.ofNullable(signIn.getAuthNote(asked.note));
    }

    /** Whether the action is still to be done. */
    public boolean isPending() {
        List<String> actions = List.copyOf(signIn.getRequiredActions());
        return started()
                .filter(actions::contains)
                .flatMap(this::alias)
                .filter(actions::contains)
                .isPresent();
    }

    /** Whether this request is the Cancel of the action's page. */
    public boolean isCancelled() {
        return context.getHttpRequest().getDecodedFormParameters().containsKey(LoginActionsService.CANCEL_AIA);
    }

    /** Whether an action that was started here was completed. */
    public boolean isDone() {
        return signIn.getAuthNote(asked.note + DONE) != null;
    }

    /** Ends a set-up that is not pending any more: as done, unless its action was disabled meanwhile. */
    public void complete() {
        if (started().flatMap(this::alias).isPresent()) {
            signIn.setAuthNote(asked.note + DONE, "true");
        }
        end();
    }

    /** Ends it, done or not. */
    public void end() {
        started().flatMap(this::alias).ifPresent(signIn::removeRequiredAction);
        started().ifPresent(signIn::removeRequiredAction);
        signIn.removeAuthNote(asked.note);
        signIn.removeClientNote(Constants.KC_ACTION_EXECUTING);
    }

    /**
     * Removes a leftover Cancel: a sign-in that was restarted keeps the client notes, and its Cancel would have no
     * effect.
     */
    public void clearCancel() {
        boolean running = Stream.of(Asked.values()).anyMatch(any -> signIn.getAuthNote(any.note) != null);
        if (!running && signIn.getClientNote(Constants.KC_ACTION) == null) {
            signIn.removeClientNote(Constants.KC_ACTION_EXECUTING);
        }
    }

    private Optional<String> alias(String action) {
        return RequiredActions.alias(context.getRealm(), action);
    }
}
