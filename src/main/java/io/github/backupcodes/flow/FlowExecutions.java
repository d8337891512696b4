package io.github.backupcodes.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.RealmModel;

/** Walks the enabled executions of a flow and of its sub-flows, in the order in which Keycloak runs them. */
public final class FlowExecutions {

    /**
     * An execution that comes before another one, in its own sub-flow or in one around it.
     *
     * @param execution the execution
     * @param previous  what comes before it; null for nothing
     */
    record Predecessor(
            AuthenticationExecutionModel execution,
            @Nullable Predecessor previous) {}

    private final RealmModel realm;

    /** Takes the realm of the flows. */
    public FlowExecutions(RealmModel realm) {
        this.realm = realm;
    }

    /**
     * The enabled executions. A sub-flow that is disabled has none.
     *
     * @param flowId the id of the flow or sub-flow
     * @return the executions, without the sub-flows themselves
     */
    public List<AuthenticationExecutionModel> enabled(String flowId) {
        List<AuthenticationExecutionModel> executions = new ArrayList<>();
        forEachEnabled(flowId, (execution, previous) -> executions.add(execution));
        return executions;
    }

    /**
     * Visits the enabled executions.
     *
     * @param visitor gets each execution, and the nearest one before it: what is in a sub-flow that has ended is not before it
     */
    void forEachEnabled(String flowId, BiConsumer<AuthenticationExecutionModel, @Nullable Predecessor> visitor) {
        walk(flowId, null, visitor);
    }

    private void walk(
            String flowId,
            @Nullable Predecessor around,
            BiConsumer<AuthenticationExecutionModel, @Nullable Predecessor> visitor) {
        Predecessor previous = around;
        for (AuthenticationExecutionModel execution :
                realm.getAuthenticationExecutionsStream(flowId).toList()) {
            if (!execution.isEnabled()) {
                continue;
            }
            if (execution.isAuthenticatorFlow()) {
                walk(execution.getFlowId(), previous, visitor);
            } else {
                visitor.accept(execution, previous);
                previous = new Predecessor(execution, previous);
            }
        }
    }
}
