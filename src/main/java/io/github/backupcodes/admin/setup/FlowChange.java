package io.github.backupcodes.admin.setup;

import java.util.Optional;
import org.keycloak.models.AuthenticationFlowModel;

/** A change that the set-up makes in a flow. */
interface FlowChange {

    /** Creates the change for a flow, or for its future copy. */
    @FunctionalInterface
    interface Factory {

        /**
         * Creates the change.
         *
         * @param flow   the flow
         * @param prefix what Keycloak will prepend to the names of sub-flows when the flow is copied; empty for none
         */
        FlowChange of(AuthenticationFlowModel flow, String prefix);
    }

    /** Whether there is anything to change. */
    boolean isNeeded();

    /** Why it must be done by hand; empty if it can be done here. */
    Optional<String> obstacle();

    /**
     * Applies the change.
     *
     * @param recorder records the steps
     */
    void apply(SetupRecorder recorder);
}
