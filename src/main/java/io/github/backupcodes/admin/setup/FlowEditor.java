package io.github.backupcodes.admin.setup;

import io.github.backupcodes.flow.FlowExecutions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.RealmModel;

/** The steps that changes of flows consist of; each is recorded. */
final class FlowEditor {

    /** The difference between the priorities of executions, as in Keycloak. */
    static final int STEP = 10;

    private final RealmModel realm;
    private final String prefix;

    /** The prefix is what Keycloak will prepend to the names of sub-flows when the flow is copied. */
    FlowEditor(RealmModel realm, String prefix) {
        this.realm = realm;
        this.prefix = prefix;
    }

    /** The enabled executions of the flow and its sub-flows. */
    Stream<AuthenticationExecutionModel> enabled(String flowId) {
        return new FlowExecutions(realm).enabled(flowId).stream();
    }

    /** The current or future name of the flow or one of its sub-flows. */
    String alias(String flowId) {
        AuthenticationFlowModel flow = realm.getAuthenticationFlowById(flowId);
        return flow.isTopLevel() && !prefix.isEmpty() ? prefix.strip() : prefix + flow.getAlias();
    }

    /** The wanted name of a flow, with a number if it is taken. */
    static String unusedAlias(RealmModel realm, String wanted) {
        return Stream.iterate(1, number -> number + 1)
                .map(number -> number == 1 ? wanted : wanted + " " + number)
                .filter(alias -> realm.getFlowByAlias(alias) == null)
                .findFirst()
                .orElseThrow();
    }

    void add(SetupRecorder recorder, String place, String authenticator, Requirement requirement, int priority) {
        recorder.change(
                addition(alias(place), authenticator, requirement),
                () -> insert(place, authenticator, requirement, priority));
    }

    /**
     * Adds an execution that takes the place of others, with their settings, and disables these: what an administrator has configured,
     * such as the reference for {@code amr}, must go on.
     *
     * @param replaced the others; where two have the same setting, that of the later one counts
     * @param settings what the new one has beside them
     */
    void addInPlaceOf(
            SetupRecorder recorder,
            String place,
            String authenticator,
            Requirement requirement,
            List<AuthenticationExecutionModel> replaced,
            Map<String, String> settings) {
        // that of the last: forms for codes that are sent stand before it, and come first for users without an OTP
        int priority = replaced.stream()
                .mapToInt(AuthenticationExecutionModel::getPriority)
                .max()
                .orElseThrow();
        recorder.change(
                addition(alias(place), authenticator, requirement),
                () -> configure(insert(place, authenticator, requirement, priority), replaced, settings));
        replaced.forEach(execution -> disable(recorder, execution));
    }

    /** What is recorded when an execution is added to a sub-flow. */
    static String addition(String alias, String authenticator, Requirement requirement) {
        return "%s added to \"%s\" as %s".formatted(authenticator, alias, requirement);
    }

    private void configure(
            AuthenticationExecutionModel execution,
            List<AuthenticationExecutionModel> replaced,
            Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        replaced.stream()
                .map(AuthenticationExecutionModel::getAuthenticatorConfig)
                .filter(Objects::nonNull)
                .map(realm::getAuthenticatorConfigById)
                .filter(Objects::nonNull)
                .forEach(config -> all.putAll(config.getConfig()));
        all.putAll(settings);
        if (all.isEmpty()) {
            return;
        }
        AuthenticatorConfigModel config = new AuthenticatorConfigModel();
        config.setAlias(execution.getAuthenticator() + " " + execution.getId());
        config.setConfig(all);
        execution.setAuthenticatorConfig(realm.addAuthenticatorConfig(config).getId());
        realm.updateAuthenticatorExecution(execution);
    }

    /** Adds after the existing executions. */
    void addLast(SetupRecorder recorder, String place, String authenticator, Requirement requirement) {
        int last = realm.getAuthenticationExecutionsStream(place)
                .mapToInt(AuthenticationExecutionModel::getPriority)
                .max()
                .orElse(0);
        add(recorder, place, authenticator, requirement, last + STEP);
    }

    /** Inserts without recording it. */
    AuthenticationExecutionModel insert(String place, String authenticator, Requirement requirement, int priority) {
        AuthenticationExecutionModel execution = new AuthenticationExecutionModel();
        execution.setParentFlow(place);
        execution.setAuthenticator(authenticator);
        execution.setAuthenticatorFlow(false);
        execution.setRequirement(requirement);
        execution.setPriority(priority);
        return realm.addAuthenticatorExecution(execution);
    }

    /** Beside a required execution, Keycloak never runs an alternative. */
    void makeAlternative(SetupRecorder recorder, AuthenticationExecutionModel execution) {
        recorder.change(
                "%s in \"%s\" changed to alternative"
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
