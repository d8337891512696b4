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
 * The second factor that a sign-in rests on: used in its browser flow, or set up in it a moment ago. A sign-in that got
 * round it, by a brokered account, a link in a mail or a direct grant, is no occasion to hand out codes unasked.
 */
public final class SecondFactorUse {

    private final RequiredActionContext context;
    private final KeycloakSession session;
    private final AuthenticationSessionModel signIn;

    public SecondFactorUse(RequiredActionContext context) {
        this.context = context;
        this.session = context.getSession();
        this.signIn = context.getAuthenticationSession();
    }

    /** Whether an action of this sign-in has just set one up. Costs next to nothing where the last step was no action. */
    public boolean isNew() {
        String last = signIn.getAuthNote(AuthenticationProcessor.LAST_PROCESSED_EXECUTION);
        // the note is there after a mistake on its page, too
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
     * Whether the user has one that the flow accepts, beside backup codes, and that is new or was used now.
     *
     * <p>Used in this flow: what a flow after an identity provider has asked for is that flow's.
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
