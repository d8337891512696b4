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

/** The credential types that a flow accepts: those of its enabled executions, sub-flows included. */
public final class AcceptedCredentialTypes {

    /** The packages of authenticators that record what they have accepted. */
    private static final List<String> RECORDING =
            List.of("org.keycloak.", AcceptedCredentialTypes.class.getPackageName() + ".");

    private final KeycloakSession session;
    private final RealmModel realm;

    /** Takes the realm whose flows are meant. */
    public AcceptedCredentialTypes(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** The types of one flow. */
    public Set<String> of(AuthenticationFlowModel flow) {
        return of(flow, execution -> true);
    }

    /** The types of those executions of one flow that count. */
    public Set<String> of(AuthenticationFlowModel flow, Predicate<AuthenticationExecutionModel> counts) {
        Set<String> types = new HashSet<>();
        add(flow.getId(), counts, types);
        return types;
    }

    /** Whether a flow has a form for a type: one that takes it beside another does not count. */
    public boolean hasFormFor(AuthenticationFlowModel flow, String type) {
        return !of(flow, execution -> {
                    AuthenticatorFactory factory = factory(execution);
                    return factory != null && type.equals(factory.getReferenceCategory());
                })
                .isEmpty();
    }

    /** The types that at least one flow of the realm accepts. */
    public Set<String> ofAllFlows() {
        Set<String> types = new HashSet<>();
        realm.getAuthenticationFlowsStream()
                .filter(AuthenticationFlowModel::isTopLevel)
                .forEach(flow -> add(flow.getId(), execution -> true, types));
        return types;
    }

    /** Into one set, for each sign-in comes by here several times. */
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

    /** The types of one execution: none where its authenticator is not there. */
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
     * The one type that a completed execution stands for by itself: only where its authenticator is another extension's.
     * Keycloak's own and ours record what they have accepted, and may be completed without having asked for anything.
     */
    public Optional<String> categoryOfExtension(AuthenticationExecutionModel execution) {
        return Optional.ofNullable(factory(execution))
                .filter(factory ->
                        RECORDING.stream().noneMatch(factory.getClass().getName()::startsWith))
                .map(AuthenticatorFactory::getReferenceCategory);
    }

    private @Nullable AuthenticatorFactory factory(AuthenticationExecutionModel execution) {
        return (AuthenticatorFactory) session.getKeycloakSessionFactory()
                .getProviderFactory(Authenticator.class, execution.getAuthenticator());
    }
}
