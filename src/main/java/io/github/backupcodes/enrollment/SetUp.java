package io.github.backupcodes.enrollment;

import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.Constants;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A second factor being set up in the middle of a sign-in, because its user asked for it on the page about the used code.
 * Keycloak's required action runs as one of this sign-in only, and can be cancelled: whoever has no new phone at hand must
 * not be caught there after using up a code.
 */
final class SetUp {

    private static final String NOTE = "backup-codes.set-up";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;

    SetUp(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
    }

    /**
     * Starts it; the next page is that of Keycloak's action.
     *
     * @param kind  what to set up
     * @param alias the action's name in the realm
     */
    void start(Replacement kind, String alias) {
        signIn.setAuthNote(NOTE, kind.action());
        signIn.addRequiredAction(alias);
        // for this note alone Keycloak's pages show Cancel and heed it; without KC_ACTION the application hears nothing
        signIn.setClientNote(Constants.KC_ACTION_EXECUTING, kind.action());
    }

    /** What was started, not ended so far. */
    Optional<Replacement> started() {
        return Replacement.madeBy(signIn.getAuthNote(NOTE));
    }

    /** Whether Keycloak's action has yet to be done. */
    boolean isPending() {
        List<String> actions = List.copyOf(signIn.getRequiredActions());
        return started()
                .flatMap(kind -> kind.alias(context.getRealm()))
                .filter(actions::contains)
                .isPresent();
    }

    /** Whether this request is the Cancel of Keycloak's page. */
    boolean isCancelled() {
        return context.getHttpRequest().getDecodedFormParameters().containsKey(LoginActionsService.CANCEL_AIA);
    }

    /** Ends it, done or not. */
    void end() {
        started().flatMap(kind -> kind.alias(context.getRealm())).ifPresent(signIn::removeRequiredAction);
        signIn.removeAuthNote(NOTE);
        signIn.removeClientNote(Constants.KC_ACTION_EXECUTING);
    }

    /** A sign-in that was started anew keeps the notes of the client, and would have a Cancel that nobody heeds. */
    void clearCancel() {
        if (signIn.getClientNote(Constants.KC_ACTION) == null) {
            signIn.removeClientNote(Constants.KC_ACTION_EXECUTING);
        }
    }
}
