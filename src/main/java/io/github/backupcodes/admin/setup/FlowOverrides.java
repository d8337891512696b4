package io.github.backupcodes.admin.setup;

import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Reports flows that are not bound for the realm, but for one client or identity provider. It changes them only where someone could
 * otherwise sign in with the password alone.
 */
final class FlowOverrides {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SetupRecorder recorder;
    private final Set<String> changed = new HashSet<>();

    FlowOverrides(KeycloakSession session, RealmModel realm, SetupRecorder recorder) {
        this.session = session;
        this.realm = realm;
        this.recorder = recorder;
        // in a dry run these are as before
        Stream.of(FlowBinding.values())
                .map(binding -> binding.flow(realm))
                .filter(Objects::nonNull)
                .forEach(flow -> changed.add(flow.getId()));
    }

    /**
     * Reports flows of clients.
     *
     * @param binding where the client has its own flow, one of {@code AuthenticationFlowBindings}
     * @param change  the change that they would need
     */
    void reportThoseOfClients(String binding, FlowChange.Factory change) {
        ofClients(binding, (owner, flow) -> report(owner, flow, change));
    }

    /** Changes flows of clients, and reports those that cannot be changed. */
    void changeThoseOfClients(String binding, FlowChange.Factory change) {
        ofClients(binding, (owner, flow) -> change(owner, flow, change));
    }

    /** Reports flows of identity providers. */
    void reportThoseOfIdentityProviders(
            Function<IdentityProviderModel, @Nullable String> flow, FlowChange.Factory change) {
        ofIdentityProviders(flow, (owner, own) -> report(owner, own, change));
    }

    /** Changes flows of identity providers, and reports those that cannot be changed. */
    void changeThoseOfIdentityProviders(
            Function<IdentityProviderModel, @Nullable String> flow, FlowChange.Factory change) {
        ofIdentityProviders(flow, (owner, own) -> change(owner, own, change));
    }

    private void ofClients(String binding, BiConsumer<String, AuthenticationFlowModel> step) {
        realm.getClientsStream()
                .filter(client -> client.getAuthenticationFlowBindingOverride(binding) != null)
                .forEach(client -> of(
                        "client \"%s\"".formatted(client.getClientId()),
                        client.getAuthenticationFlowBindingOverride(binding),
                        step));
    }

    /**
     * Since 26.5 Keycloak has identity providers for other purposes, which this call omits, and has another call for them; 26.4 has
     * only this one.
     */
    @SuppressWarnings("deprecation")
    private void ofIdentityProviders(
            Function<IdentityProviderModel, @Nullable String> flow, BiConsumer<String, AuthenticationFlowModel> step) {
        session.identityProviders()
                .getAllStream()
                .forEach(provider ->
                        of("identity provider \"%s\"".formatted(provider.getAlias()), flow.apply(provider), step));
    }

    private void of(String owner, @Nullable String flowId, BiConsumer<String, AuthenticationFlowModel> step) {
        AuthenticationFlowModel own = flowId == null ? null : realm.getAuthenticationFlowById(flowId);
        if (own != null) {
            step.accept(owner, own);
        }
    }

    private void report(String owner, AuthenticationFlowModel own, FlowChange.Factory change) {
        change.of(own, "")
                .deficiency()
                .ifPresent(deficiency -> recorder.manualStep(description(owner, own, deficiency)));
    }

    private void change(String owner, AuthenticationFlowModel own, FlowChange.Factory factory) {
        FlowChange change = factory.of(own, "");
        Optional<String> deficiency = change.deficiency();
        if (deficiency.isEmpty()) {
            return;
        }
        Optional<String> obstacle = own.isBuiltIn()
                ? Optional.of("Keycloak's own flows cannot be changed, so bind a copy")
                : change.obstacle();
        if (obstacle.isPresent()) {
            recorder.gap("%s; %s".formatted(description(owner, own, deficiency.get()), obstacle.get()));
        } else if (changed.add(own.getId())) {
            change.apply(recorder);
        }
    }

    private static String description(String owner, AuthenticationFlowModel own, String deficiency) {
        return "%s uses its own flow \"%s\", which %s".formatted(owner, own.getAlias(), deficiency);
    }
}
