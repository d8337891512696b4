package io.github.backupcodes.admin.setup;

import java.util.Optional;
import org.keycloak.models.AuthenticationFlowModel;

/** What a set-up changes in a flow. */
interface FlowChange {

    /** Makes the change for a flow, or for the copy of it that there will be. */
    @FunctionalInterface
    interface Maker {

        /**
         * Makes it.
         *
         * @param flow   the flow
         * @param prefix what Keycloak will put before the names of sub-flows when the flow is copied; empty for none
         */
        FlowChange of(AuthenticationFlowModel flow, String prefix);
    }

    /** Whether there is anything to do. */
    boolean isNeeded();

    /** Why it has to be done by hand; nothing when it can be done here. */
    Optional<String> obstacle();

    /**
     * Does it.
     *
     * @param recorder keeps the record
     */
    void apply(SetupRecorder recorder);
}
