package io.github.backupcodes.admin.setup;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Reports flows that are not bound for the realm, but for one client or identity provider. It never changes them. */
final class FlowOverrides {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SetupRecorder recorder;

    FlowOverrides(KeycloakSession session, RealmModel realm, SetupRecorder recorder) {
        this.session = session;
        this.realm = realm;
        this.recorder = recorder;
    }

    /**
     * Reports flows of clients.
     *
     * @param binding where the client has its own flow, one of {@code AuthenticationFlowBindings}
     * @param change  the change that they would need
     */
    void ofClients(String binding, FlowChange.Factory change) {
        realm.getClientsStream()
                .filter(client -> client.getAuthenticationFlowBindingOverride(binding) != null)
                .forEach(client -> report(
                        "client \"%s\"".formatted(client.getClientId()),
                        client.getAuthenticationFlowBindingOverride(binding),
                        change));
    }

    /**
     * Reports flows of identity providers. Since 26.5 Keycloak has providers for other purposes, which this call omits,
     * and has another call for them; 26.4 has only this one.
     */
    @SuppressWarnings("deprecation")
    void ofIdentityProviders(Function<IdentityProviderModel, @Nullable String> flow, FlowChange.Factory change) {
        session.identityProviders()
                .getAllStream()
                .forEach(provider -> report(
                        "identity provider \"%s\"".formatted(provider.getAlias()), flow.apply(provider), change));
    }

    private void report(String owner, @Nullable String flowId, FlowChange.Factory change) {
        AuthenticationFlowModel own = flowId == null ? null : realm.getAuthenticationFlowById(flowId);
        if (own != null) {
            change.of(own, "")
                    .deficiency()
                    .ifPresent(deficiency -> recorder.manualStep(
                            "%s uses its own flow \"%s\", which %s".formatted(owner, own.getAlias(), deficiency)));
        }
    }
}
