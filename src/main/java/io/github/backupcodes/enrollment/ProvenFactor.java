package io.github.backupcodes.enrollment;

import io.github.backupcodes.credential.BackupCodesCredentialModel;
import io.github.backupcodes.credential.SecondFactors;
import io.github.backupcodes.policy.EnabledAction;
import io.github.backupcodes.signin.AcceptedTypes;
import io.github.backupcodes.signin.OfferedFactors;
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
final class ProvenFactor {

    private final RequiredActionContext context;
    private final KeycloakSession session;
    private final AuthenticationSessionModel signIn;

    ProvenFactor(RequiredActionContext context) {
        this.context = context;
        this.session = context.getSession();
        this.signIn = context.getAuthenticationSession();
    }

    /** Whether an action of this sign-in has just set one up. Costs next to nothing where the last step was no action. */
    boolean isNew() {
        String last = signIn.getAuthNote(AuthenticationProcessor.LAST_PROCESSED_EXECUTION);
        // the note is there after a mistake on its page, too
        return last != null
                && EnabledAction.alias(context.getRealm(), last)
                        .filter(this::isDone)
                        .isPresent()
                && new OfferedFactors(session, context.getUser()).madeBy(last).isPresent();
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
    boolean isThere() {
        AuthenticationFlowModel flow = AuthenticationFlowResolver.resolveBrowserFlow(signIn);
        AcceptedTypes types = new AcceptedTypes(session, context.getRealm());
        Set<String> accepted = types.of(flow);
        if (!accepted.contains(BackupCodesCredentialModel.TYPE)) {
            return false;
        }
        Set<String> proven = isNew() ? accepted : types.of(flow, this::isCompleted);
        if (!isNew()) {
            proven.retainAll(new Evidence(context).types());
        }
        return new SecondFactors(session).has(context.getUser(), proven);
    }

    private boolean isCompleted(AuthenticationExecutionModel execution) {
        return signIn.getExecutionStatus().get(execution.getId()) == AuthenticationSessionModel.ExecutionStatus.SUCCESS;
    }
}
