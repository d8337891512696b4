package io.github.backupcodes.signin;

import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The credential types that a flow accepts: those of its enabled executions, sub-flows included. */
public final class AcceptedTypes {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** Takes the realm whose flows are meant. */
    public AcceptedTypes(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** The types of one flow. */
    public Set<String> of(AuthenticationFlowModel flow) {
        return of(flow, execution -> true);
    }

    /** The types of those executions of one flow that count. */
    public Set<String> of(AuthenticationFlowModel flow, Predicate<AuthenticationExecutionModel> counts) {
        return in(flow.getId(), counts).collect(Collectors.toSet());
    }

    /** The types that at least one flow of the realm accepts. */
    public Set<String> ofAllFlows() {
        return realm.getAuthenticationFlowsStream()
                .filter(AuthenticationFlowModel::isTopLevel)
                .flatMap(flow -> in(flow.getId(), execution -> true))
                .collect(Collectors.toSet());
    }

    private Stream<String> in(String flowId, Predicate<AuthenticationExecutionModel> counts) {
        return realm.getAuthenticationExecutionsStream(flowId)
                .filter(AuthenticationExecutionModel::isEnabled)
                .flatMap(execution -> {
                    if (execution.isAuthenticatorFlow()) {
                        return in(execution.getFlowId(), counts);
                    }
                    return counts.test(execution) ? of(execution) : Stream.empty();
                });
    }

    /** The types of one execution: none where its authenticator is not there. */
    public Stream<String> of(AuthenticationExecutionModel execution) {
        AuthenticatorFactory factory = (AuthenticatorFactory) session.getKeycloakSessionFactory()
                .getProviderFactory(Authenticator.class, execution.getAuthenticator());
        return factory == null
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(factory)
                                .map(AuthenticatorFactory::getReferenceCategory)
                                .filter(Objects::nonNull),
                        factory.getOptionalReferenceCategories(session).stream());
    }
}
