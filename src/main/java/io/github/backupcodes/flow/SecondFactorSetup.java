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
 * A second factor being set up in the middle of a sign-in, because its user asked for it on a page of ours. The required
 * action of the factor, Keycloak's or another extension's, runs as one of this sign-in only, and can be cancelled: whoever has
 * no new phone at hand must not be caught there after using up a code.
 */
public final class SecondFactorSetup {

    /** Whose page it was. */
    public enum Asked {
        /** The page about the used code. */
        AFTER_USE("backup-codes.set-up"),
        /** The page that turns login verification on. */
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

    public SecondFactorSetup(RequiredActionContext context, Asked asked) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
        this.asked = asked;
    }

    /**
     * Starts it; the next page is that of the action.
     *
     * @param action the provider id of an enabled required action
     */
    public void start(String action) {
        signIn.setAuthNote(asked.note, action);
        alias(action).ifPresent(signIn::addRequiredAction);
        // once it is done Keycloak takes this one away, which tells that it is
        signIn.addRequiredAction(action);
        // for this note alone Keycloak's pages show Cancel and heed it; without KC_ACTION the application hears nothing
        signIn.setClientNote(Constants.KC_ACTION_EXECUTING, action);
    }

    /** The action that was started, not ended so far. */
    public Optional<String> started() {
        return Optional.ofNullable(signIn.getAuthNote(asked.note));
    }

    /** Whether the action has yet to be done. */
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

    /** Whether one that was started here has ended with all done. */
    public boolean isDone() {
        return signIn.getAuthNote(asked.note + DONE) != null;
    }

    /** Ends it where it is not pending any more: done, unless its action was disabled meanwhile. */
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

    /** A sign-in that was started anew keeps the notes of the client, and would have a Cancel that nobody heeds. */
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
