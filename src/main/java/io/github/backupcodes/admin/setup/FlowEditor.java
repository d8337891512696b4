package io.github.backupcodes.admin.setup;

import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.RealmModel;

/** The steps of which changes of flows are made, each with its line in the record. */
final class FlowEditor {

    /** Between the priorities of executions that Keycloak adds. */
    static final int STEP = 10;

    private final RealmModel realm;
    private final String prefix;

    /** The prefix is what Keycloak will put before the names of sub-flows when the flow is copied. */
    FlowEditor(RealmModel realm, String prefix) {
        this.realm = realm;
        this.prefix = prefix;
    }

    /** The executions that are on, of the flow and its sub-flows. */
    Stream<AuthenticationExecutionModel> enabled(String flowId) {
        return realm.getAuthenticationExecutionsStream(flowId)
                .filter(AuthenticationExecutionModel::isEnabled)
                .flatMap(execution ->
                        execution.isAuthenticatorFlow() ? enabled(execution.getFlowId()) : Stream.of(execution));
    }

    /** How the flow or a sub-flow of it is called, or will be. */
    String alias(String flowId) {
        AuthenticationFlowModel flow = realm.getAuthenticationFlowById(flowId);
        return flow.isTopLevel() && !prefix.isEmpty() ? prefix.strip() : prefix + flow.getAlias();
    }

    /** The wished name of a flow, or with a number that makes it one. */
    static String unusedAlias(RealmModel realm, String wished) {
        return Stream.iterate(1, number -> number + 1)
                .map(number -> number == 1 ? wished : wished + " " + number)
                .filter(alias -> realm.getFlowByAlias(alias) == null)
                .findFirst()
                .orElseThrow();
    }

    void add(SetupRecorder recorder, String place, String authenticator, Requirement requirement, int priority) {
        recorder.change(
                "%s added to \"%s\" as %s".formatted(authenticator, alias(place), requirement),
                () -> insert(place, authenticator, requirement, priority));
    }

    /** After what is there. */
    void addLast(SetupRecorder recorder, String place, String authenticator, Requirement requirement) {
        int last = realm.getAuthenticationExecutionsStream(place)
                .mapToInt(AuthenticationExecutionModel::getPriority)
                .max()
                .orElse(0);
        add(recorder, place, authenticator, requirement, last + STEP);
    }

    /** Without a line in the record. */
    AuthenticationExecutionModel insert(String place, String authenticator, Requirement requirement, int priority) {
        AuthenticationExecutionModel execution = new AuthenticationExecutionModel();
        execution.setParentFlow(place);
        execution.setAuthenticator(authenticator);
        execution.setAuthenticatorFlow(false);
        execution.setRequirement(requirement);
        execution.setPriority(priority);
        return realm.addAuthenticatorExecution(execution);
    }

    /** Beside something required an alternative is never asked. */
    void makeAlternative(SetupRecorder recorder, AuthenticationExecutionModel execution) {
        recorder.change(
                "%s in \"%s\" made an alternative"
                        .formatted(execution.getAuthenticator(), alias(execution.getParentFlow())),
                () -> require(execution, Requirement.ALTERNATIVE));
    }

    void disable(SetupRecorder recorder, AuthenticationExecutionModel execution) {
        recorder.change(
                "%s in \"%s\" disabled".formatted(execution.getAuthenticator(), alias(execution.getParentFlow())),
                () -> require(execution, Requirement.DISABLED));
    }

    void disableSubFlow(SetupRecorder recorder, AuthenticationExecutionModel execution) {
        recorder.change(
                "sub-flow \"%s\" disabled".formatted(alias(execution.getFlowId())),
                () -> require(execution, Requirement.DISABLED));
    }

    static boolean isOneOf(Set<String> authenticators, AuthenticationExecutionModel execution) {
        return execution.getAuthenticator() != null && authenticators.contains(execution.getAuthenticator());
    }

    private void require(AuthenticationExecutionModel execution, Requirement requirement) {
        execution.setRequirement(requirement);
        realm.updateAuthenticatorExecution(execution);
    }
}
