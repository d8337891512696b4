package io.github.backupcodes.admin.setup;

import java.util.Optional;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AuthenticationManagementResource;

/**
 * Changes a bound flow. A built-in flow of Keycloak cannot be changed, so it is copied first; a flow of the
 * administrator is changed if that is safe, otherwise left unchanged.
 */
final class BoundFlowEditor {

    private static final String SUFFIX = " with backup codes";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final FlowBinding binding;

    BoundFlowEditor(KeycloakSession session, RealmModel realm, FlowBinding binding) {
        this.session = session;
        this.realm = realm;
        this.binding = binding;
    }

    /**
     * Applies a change.
     *
     * @param change   what to change
     * @param recorder records the steps
     * @return the alias of the flow that is bound afterwards
     */
    String change(FlowChange.Factory change, SetupRecorder recorder) {
        AuthenticationFlowModel bound = binding.flow(realm);
        FlowChange boundChange = change.of(bound, "");
        if (!boundChange.isNeeded()) {
            return bound.getAlias();
        }
        Optional<String> obstacle = boundChange.obstacle();
        if (obstacle.isPresent()) {
            recorder.manualStep(obstacle.get());
            return bound.getAlias();
        }
        if (!bound.isBuiltIn()) {
            boundChange.apply(recorder);
            return bound.getAlias();
        }
        String alias = FlowEditor.unusedAlias(realm, bound.getAlias() + SUFFIX);
        recorder.change("flow \"%s\" copied to \"%s\"".formatted(bound.getAlias(), alias), () -> {});
        if (recorder.isDryRun()) {
            change.of(bound, alias + " ").apply(recorder);
        } else {
            AuthenticationFlowModel copy = AuthenticationManagementResource.copyFlow(session, realm, bound, alias);
            change.of(copy, "").apply(recorder);
            binding.bind(realm, copy);
        }
        recorder.change("flow \"%s\" bound as the %s flow".formatted(alias, binding.displayName()), () -> {});
        return alias;
    }
}
