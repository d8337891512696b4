package io.github.backupcodes.admin.setup;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Flows that are not bound for the realm, but for one client or identity provider. They are pointed out, never changed. */
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
     * Those of clients.
     *
     * @param binding where the client has its own, one of {@code AuthenticationFlowBindings}
     * @param change  what they would need
     */
    void ofClients(String binding, FlowChange.Maker change) {
        realm.getClientsStream()
                .filter(client -> client.getAuthenticationFlowBindingOverride(binding) != null)
                .forEach(client -> pointOut(
                        "client \"%s\"".formatted(client.getClientId()),
                        client.getAuthenticationFlowBindingOverride(binding),
                        change));
    }

    /**
     * Those that come with an identity provider. Since 26.5 Keycloak knows of providers for other purposes, which
     * this call leaves out, and has another one beside it; 26.4 has this one alone.
     */
    @SuppressWarnings("deprecation")
    void ofIdentityProviders(Function<IdentityProviderModel, @Nullable String> flow, FlowChange.Maker change) {
        session.identityProviders()
                .getAllStream()
                .forEach(provider -> pointOut(
                        "identity provider \"%s\"".formatted(provider.getAlias()), flow.apply(provider), change));
    }

    private void pointOut(String owner, @Nullable String flowId, FlowChange.Maker change) {
        AuthenticationFlowModel own = flowId == null ? null : realm.getAuthenticationFlowById(flowId);
        if (own != null && change.of(own, "").isNeeded()) {
            recorder.manualStep(
                    "%s uses its own flow \"%s\", which does not accept backup codes".formatted(owner, own.getAlias()));
        }
    }
}
