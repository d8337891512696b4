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
 * The flows that people sign in with at a browser: that of the realm, those of clients that have their own, and those that
 * come with identity providers, at the first sign-in and after every one. What somebody sets up in one of them counts in all
 * that accept it.
 */
public final class BrowserFlows {

    /** One query however many clients there are: a realm may have thousands, and hardly any has a flow of its own. */
    private static final String OF_CLIENTS = """
            select distinct value(flow) from ClientEntity client join client.authFlowBindings flow
            where client.realmId = :realm and key(flow) = :binding""";

    /** The same: a flow for the first sign-in may be that of the realm, which stands for null. */
    private static final String OF_IDENTITY_PROVIDERS = """
            select distinct provider.firstBrokerLoginFlowId as firstFlow, provider.postBrokerLoginFlowId as postFlow
            from IdentityProviderEntity provider
            where provider.realmId = :realm and provider.enabled = true""";

    private final KeycloakSession session;
    private final RealmModel realm;

    /** Takes the realm whose flows are meant. */
    public BrowserFlows(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * First that of the realm and that of the sign-in at hand; those of other clients and of identity providers are looked up when they are asked for,
     * so that whoever has an answer before does not ask the database.
     */
    public Stream<AuthenticationFlowModel> all() {
        AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
        return Stream.of(
                        Stream.of(realm.getBrowserFlow()),
                        Stream.ofNullable(signIn).map(AuthenticationFlowResolver::resolveBrowserFlow),
                        Stream.of(realm).flatMap(own -> ofClients()),
                        Stream.of(realm).flatMap(own -> ofIdentityProviders()))
                .flatMap(flows -> flows);
    }

    /** Whether at least one of them accepts a second factor that the user has. */
    public boolean requestSecondFactorOf(UserModel user) {
        SecondFactorCredentials factors = new SecondFactorCredentials(session);
        AcceptedCredentialTypes accepted = new AcceptedCredentialTypes(session, realm);
        // most users have none: no flow has to be looked at
        return factors.has(user) && all().map(accepted::of).anyMatch(types -> factors.has(user, types));
    }

    /** Whether at least one of them asks the user for recovery codes of Keycloak's, by Keycloak's own form. */
    public boolean requestRecoveryCodesOf(UserModel user) {
        AcceptedCredentialTypes accepted = new AcceptedCredentialTypes(session, realm);
        return SecondFactorCredentials.hasRecoveryCodes(user)
                && all().anyMatch(flow -> accepted.hasFormFor(flow, RecoveryAuthnCodesCredentialModel.TYPE));
    }

    private Stream<AuthenticationFlowModel> ofIdentityProviders() {
        return entities()
                .createQuery(OF_IDENTITY_PROVIDERS, Tuple.class)
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
                .createQuery(OF_CLIENTS, String.class)
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
