package io.github.backupcodes.flow;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Collects the credential types that a flow accepts: those of its enabled executions, sub-flows included. */
public final class AcceptedCredentialTypes {

    /** The packages of authenticators that record which credential they accepted. */
    private static final List<String> RECORDING_PACKAGES = List.of("org.keycloak.", AcceptedCredentialTypes.class.getPackageName() + ".");

    private final KeycloakSession session;
    private final RealmModel realm;

    /** Takes the realm of the flows. */
    public AcceptedCredentialTypes(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** The types that one flow accepts. */
    public Set<String> of(AuthenticationFlowModel flow) {
        return of(flow, execution -> true);
    }

    /** The types of those executions of one flow that match. */
    public Set<String> of(AuthenticationFlowModel flow, Predicate<AuthenticationExecutionModel> counts) {
        Set<String> types = new HashSet<>();
        add(flow.getId(), counts, types);
        return types;
    }

    /** Whether a flow has a form for a type: a form that accepts it beside another type does not count. */
    public boolean hasFormFor(AuthenticationFlowModel flow, String type) {
        return !of(flow, execution -> {
                    AuthenticatorFactory factory = factory(execution);
                    return factory != null && type.equals(factory.getReferenceCategory());
                })
                .isEmpty();
    }

    /** The types that at least one top-level flow of the realm accepts. */
    public Set<String> ofAllFlows() {
        Set<String> types = new HashSet<>();
        realm.getAuthenticationFlowsStream()
                .filter(AuthenticationFlowModel::isTopLevel)
                .forEach(flow -> add(flow.getId(), execution -> true, types));
        return types;
    }

    /** Adds to one set, because each sign-in calls this several times. */
    private void add(String flowId, Predicate<AuthenticationExecutionModel> counts, Set<String> types) {
        realm.getAuthenticationExecutionsStream(flowId)
                .filter(AuthenticationExecutionModel::isEnabled)
                .forEach(execution -> {
                    if (execution.isAuthenticatorFlow()) {
                        add(execution.getFlowId(), counts, types);
                    } else if (counts.test(execution)) {
                        types.addAll(of(execution));
                    }
                });
    }

    /** The types of one execution; empty if its authenticator is missing. */
    public Set<String> of(AuthenticationExecutionModel execution) {
        AuthenticatorFactory factory = factory(execution);
        if (factory == null) {
            return Set.of();
        }
        Set<String> types = new HashSet<>(factory.getOptionalReferenceCategories(session));
        if (factory.getReferenceCategory() != null) {
            types.add(factory.getReferenceCategory());
        }
        return types;
    }

    /**
     * The one type that a completed execution proves by itself: only if its authenticator belongs to another extension.
     * Keycloak's own authenticators and ours record what they accepted, and may complete without requesting a
     * credential.
     */
    public Optional<String> categoryOfExtension(AuthenticationExecutionModel execution) {
        return Optional.ofNullable(factory(execution))
                .filter(factory ->
                        RECORDING_PACKAGES.stream().noneMatch(factory.getClass().getName()::startsWith))
                .map(AuthenticatorFactory::getReferenceCategory);
    }

    private @Nullable AuthenticatorFactory factory(AuthenticationExecutionModel execution) {
        return (AuthenticatorFactory) session.getKeycloakSessionFactory()
                .getProviderFactory(Authenticator.class, execution.getAuthenticator());
    }
}
