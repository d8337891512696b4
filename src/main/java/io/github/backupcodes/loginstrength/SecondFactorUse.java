package io.github.backupcodes.loginstrength;

import io.github.backupcodes.flow.AcceptedCredentialTypes;
import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.flow.SecondFactorOptions;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.RequiredActions;
import java.util.Set;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Checks whether a sign-in used a second factor in its browser flow, or just set one up. A sign-in that bypassed it, by
 * a brokered account, a link in a mail or a direct grant, must not prompt for new codes.
 */
public final class SecondFactorUse {

    private final RequiredActionContext context;
    private final KeycloakSession session;
    private final AuthenticationSessionModel signIn;

    /** Takes the context of a required action in the sign-in. */
    public SecondFactorUse(RequiredActionContext context) {
        this.context = context;
        this.session = context.getSession();
        this.signIn = context.getAuthenticationSession();
    }

    /**
     * Whether an action of this sign-in has just set up a second factor. Costs almost nothing if the last step was not
     * an action.
     */
    public boolean isNew() {
        String last = signIn.getAuthNote(AuthenticationProcessor.LAST_PROCESSED_EXECUTION);
        // the note is also present after an error on its page
        return last != null
                && RequiredActions.alias(context.getRealm(), last)
                        .filter(this::isDone)
                        .isPresent()
                && new SecondFactorOptions(session, context.getUser())
                        .madeBy(last)
                        .isPresent();
    }

    private boolean isDone(String alias) {
        return !signIn.getRequiredActions().contains(alias)
                && context.getUser().getRequiredActionsStream().noneMatch(alias::equals);
    }

    /**
     * Whether the user has a second factor that the flow accepts besides backup codes, and that is new or was just
     * used.
     *
     * <p>It must have been used in this flow: a flow after an identity provider does not count.
     */
    public boolean isThere() {
        AuthenticationFlowModel flow = AuthenticationFlowResolver.resolveBrowserFlow(signIn);
        AcceptedCredentialTypes types = new AcceptedCredentialTypes(session, context.getRealm());
        Set<String> accepted = types.of(flow);
        if (!accepted.contains(CredentialTypes.BACKUP_CODES)) {
            return false;
        }
        Set<String> proven = isNew() ? accepted : types.of(flow, this::isCompleted);
        if (!isNew()) {
            proven.retainAll(new StrongCredentialUse(context).types());
        }
        return new SecondFactorCredentials(session).has(context.getUser(), proven);
    }

    private boolean isCompleted(AuthenticationExecutionModel execution) {
        return signIn.getExecutionStatus().get(execution.getId()) == AuthenticationSessionModel.ExecutionStatus.SUCCESS;
    }
}
