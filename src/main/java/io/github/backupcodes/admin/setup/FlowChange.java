package io.github.backupcodes.admin.setup;

import io.github.backupcodes.signin.LostFactorsAuthenticator;
import java.util.Optional;
import org.keycloak.models.AuthenticationFlowModel;

/** A change that the set-up makes in a flow. */
interface FlowChange {

    /** The deficiency of a flow that accepts no codes. */
    String NO_CODES = "does not accept backup codes";

    /** The deficiency of a flow without {@link LostPage}. */
    String NO_LOST_PAGE = "has no page " + LostFactorsAuthenticator.ID
            + " for users who have neither second factor nor code: add it as the last alternative";

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
    default boolean isNeeded() {
        return deficiency().isPresent();
    }

    /** What the flow lacks, as the end of a sentence about it; empty if there is nothing to change. */
    Optional<String> deficiency();

    /** Why it must be done by hand; empty if it can be done here. */
    Optional<String> obstacle();

    /**
     * Applies the change.
     *
     * @param recorder records the steps
     */
    void apply(SetupRecorder recorder);
}
