package io.github.backupcodes.support.realm;

import java.util.Map;
import java.util.function.Consumer;

/** Builds a flow of an administrator's own, from top to bottom. */
public record FlowBuilder(RealmAdmin realm, String top, String alias) {

    /** A new flow. */
    public static FlowBuilder in(RealmAdmin realm, String alias) {
        realm.post(
                "/authentication/flows",
                Map.of("alias", alias, "providerId", "basic-flow", "topLevel", true, "builtIn", false));
        return new FlowBuilder(realm, alias, alias);
    }

    /** Adds an execution. */
    public FlowBuilder execution(String provider, String requirement) {
        realm.addExecution(alias, provider, requirement);
        return this;
    }

    /** Adds a required condition, or another required execution with settings. */
    public FlowBuilder configured(String provider, Map<String, String> config) {
        realm.configureExecution(realm.addExecution(alias, provider, "REQUIRED"), config);
        return this;
    }

    /** Adds the second factors, as alternatives, under the condition that the user has one. */
    public FlowBuilder secondFactors(String... providers) {
        execution("conditional-user-configured", "REQUIRED");
        for (String provider : providers) {
            execution(provider, "ALTERNATIVE");
        }
        return this;
    }

    /** Adds a sub-flow. */
    public FlowBuilder flow(String name, String requirement, Consumer<FlowBuilder> content) {
        String subFlow = top + " " + name;
        String id = realm.post(
                "/authentication/flows/" + RealmAdmin.encode(alias) + "/executions/flow",
                Map.of("alias", subFlow, "type", "basic-flow", "provider", "registration-page-form"));
        realm.executions(top).stream()
                .filter(execution -> execution.path("flowId").asText().equals(id))
                .forEach(execution ->
                        realm.requireExecution(top, execution.path("id").asText(), requirement));
        content.accept(new FlowBuilder(realm, top, subFlow));
        return this;
    }
}
