package io.github.backupcodes.admin.setup;

import java.util.Optional;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AuthenticationManagementResource;

/**
 * The flow that is bound somewhere. One of Keycloak is copied before it is changed, for it cannot be changed itself; one of
 * the administrator is changed where that is safe, else left alone.
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
     * Changes it.
     *
     * @param change what to change
     * @param recorder  keeps the record
     * @return the alias of the flow that is bound afterwards
     */
    String change(FlowChange.Maker change, SetupRecorder recorder) {
        AuthenticationFlowModel bound = binding.flow(realm);
        FlowChange inPlace = change.of(bound, "");
        if (!inPlace.isNeeded()) {
            return bound.getAlias();
        }
        Optional<String> obstacle = inPlace.obstacle();
        if (obstacle.isPresent()) {
            recorder.manualStep(obstacle.get());
            return bound.getAlias();
        }
        if (!bound.isBuiltIn()) {
            inPlace.apply(recorder);
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
        recorder.change("flow \"%s\" bound as the %s flow".formatted(alias, binding.place()), () -> {});
        return alias;
    }
}
