package io.github.backupcodes.flow;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.AuthenticationFlowBindings;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Finds the flows that users sign in with in a browser: the realm's, those of clients with their own flow, and those of
 * identity providers, at the first sign-in and after every sign-in. A second factor counts in all of them that accept
 * it.
 */
public final class BrowserFlows {

    /** One query for all clients: a realm may have thousands, and hardly any has its own flow. */
    private static final String CLIENT_FLOWS = """
            select distinct value(flow) from ClientEntity client join client.authFlowBindings flow
            where client.realmId = :realm and key(flow) = :binding""";

    /** One query for all identity providers. The flow for the first sign-in may be null, which means the realm's. */
    private static final String IDENTITY_PROVIDER_FLOWS = """
            select distinct provider.firstBrokerLoginFlowId as firstFlow, provider.postBrokerLoginFlowId as postFlow
            from IdentityProviderEntity provider
            where provider.realmId = :realm and provider.enabled = true""";

    private final KeycloakSession session;
    private final RealmModel realm;

    /** Takes the realm of the flows. */
    public BrowserFlows(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * The flows, first the realm's and that of the current sign-in. Those of other clients and of identity providers
     * are looked up lazily, so that callers who stop earlier do not query the database.
     */
    public Stream<AuthenticationFlowModel> all() {
        AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
        return Stream.of(
                        Stream.of(realm.getBrowserFlow()),
                        Stream.ofNullable(signIn).map(AuthenticationFlowResolver::resolveBrowserFlow),
                        Stream.of(realm).flatMap(ignored -> ofClients()),
                        Stream.of(realm).flatMap(ignored -> ofIdentityProviders()))
                .flatMap(flows -> flows);
    }

    /** Whether at least one of the flows accepts a second factor that the user has. */
    public boolean requestSecondFactorOf(UserModel user) {
        SecondFactorCredentials factors = new SecondFactorCredentials(session);
        AcceptedCredentialTypes accepted = new AcceptedCredentialTypes(session, realm);
        // most users have none, then no flow is read
        return factors.has(user) && all().map(accepted::of).anyMatch(types -> factors.has(user, types));
    }

    /** Whether at least one of the flows requests Keycloak recovery codes of the user, with Keycloak's own form. */
    public boolean requestRecoveryCodesOf(UserModel user) {
        AcceptedCredentialTypes accepted = new AcceptedCredentialTypes(session, realm);
        return SecondFactorCredentials.hasRecoveryCodes(user)
                && all().anyMatch(flow -> accepted.hasFormFor(flow, RecoveryAuthnCodesCredentialModel.TYPE));
    }

    private Stream<AuthenticationFlowModel> ofIdentityProviders() {
        return entities()
                .createQuery(IDENTITY_PROVIDER_FLOWS, Tuple.class)
                .setParameter("realm", realm.getId())
                .getResultList()
                .stream()
                .flatMap(provider -> Stream.of(
                        flow(provider.get("firstFlow", String.class))
                                .or(() -> Optional.ofNullable(realm.getFirstBrokerLoginFlow())),
                        flow(provider.get("postFlow", String.class))))
                .flatMap(Optional::stream)
                .distinct();
    }

    private Stream<AuthenticationFlowModel> ofClients() {
        return entities()
                .createQuery(CLIENT_FLOWS, String.class)
                .setParameter("realm", realm.getId())
                .setParameter("binding", AuthenticationFlowBindings.BROWSER_BINDING)
                .getResultList()
                .stream()
                .filter(id -> !id.equals(realm.getBrowserFlow().getId()))
                .flatMap(id -> flow(id).stream());
    }

    private Optional<AuthenticationFlowModel> flow(@Nullable String id) {
        return Optional.ofNullable(id == null ? null : realm.getAuthenticationFlowById(id));
    }

    private EntityManager entities() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
