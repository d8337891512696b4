package io.github.backupcodes.docs;

import io.github.backupcodes.support.realm.RealmAdmin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of Terraform as the page needs: resources of the provider {@code keycloak/keycloak}, in the order in which they stand,
 * which is the order of their references. The arguments are those of its documentation (5.9.0).
 */
final class TerraformPlan {

    private static final Pattern RESOURCE =
            Pattern.compile("^resource \"(\\w+)\" \"(\\w+)\" \\{\n(.*?)^}", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern ARGUMENT = Pattern.compile("^ {2}(\\w+) += ([^{\\[\n]+)$", Pattern.MULTILINE);
    private static final Pattern CONFIG =
            Pattern.compile("^ {2}config = \\{\n(.*?)^ {2}}", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern SETTING = Pattern.compile("^ {4}([\\w-]+) += \"(.*)\"$", Pattern.MULTILINE);

    private static final Map<String, Set<String>> ARGUMENTS = Map.of(
            "keycloak_required_action",
            Set.of("realm_id", "alias", "name", "enabled", "default_action", "priority"),
            "keycloak_authentication_flow",
            Set.of("realm_id", "alias", "description", "provider_id"),
            "keycloak_authentication_subflow",
            Set.of(
                    "realm_id",
                    "alias",
                    "parent_flow_alias",
                    "provider_id",
                    "description",
                    "authenticator",
                    "requirement",
                    "priority"),
            "keycloak_authentication_execution",
            Set.of("realm_id", "parent_flow_alias", "authenticator", "requirement", "priority"),
            "keycloak_authentication_bindings",
            Set.of("realm_id", "browser_flow"));

    private final List<Resource> resources = new ArrayList<>();

    TerraformPlan(String hcl) {
        Map<String, String> known = new LinkedHashMap<>();
        known.put("keycloak_realm.demo.id", "");
        Matcher found = RESOURCE.matcher(hcl);
        while (found.find()) {
            Map<String, String> arguments = new LinkedHashMap<>();
            Matcher argument = ARGUMENT.matcher(found.group(3));
            while (argument.find()) {
                arguments.put(argument.group(1), value(argument.group(2).strip(), known));
            }
            known.put(found.group(1) + "." + found.group(2) + ".alias", arguments.getOrDefault("alias", ""));
            resources.add(new Resource(found.group(1), arguments, config(found.group(3))));
        }
    }

    private static String value(String text, Map<String, String> known) {
        if (text.startsWith("\"")) {
            return text.substring(1, text.length() - 1);
        }
        if (text.matches("\\d+|true|false")) {
            return text;
        }
        String value = known.get(text);
        if (value == null) {
            throw new IllegalStateException("nothing before it is called " + text);
        }
        return value;
    }

    private static Map<String, String> config(String body) {
        Map<String, String> settings = new LinkedHashMap<>();
        Matcher config = CONFIG.matcher(body);
        if (config.find()) {
            Matcher setting = SETTING.matcher(config.group(1));
            while (setting.find()) {
                settings.put(setting.group(1), setting.group(2));
            }
        }
        return settings;
    }

    /** Arguments that the provider's documentation does not have. */
    List<String> unknownArguments() {
        return resources.stream()
                .flatMap(resource -> resource.arguments.keySet().stream()
                        .filter(argument ->
                                !ARGUMENTS.getOrDefault(resource.type, Set.of()).contains(argument))
                        .map(argument -> resource.type + "." + argument))
                .toList();
    }

    /** Makes everything, with the calls of the admin REST that the provider makes. */
    void apply(RealmAdmin realm) {
        resources.forEach(resource -> resource.create(realm));
    }

    private record Resource(String type, Map<String, String> arguments, Map<String, String> config) {

        private String argument(String name) {
            return Objects.requireNonNull(arguments.get(name), name);
        }

        void create(RealmAdmin realm) {
            switch (type) {
                case "keycloak_required_action" -> {
                    realm.registerRequiredAction(argument("alias"));
                    realm.configureRequiredAction(argument("alias"), config);
                }
                case "keycloak_authentication_flow" ->
                    realm.post(
                            "/authentication/flows",
                            Map.of(
                                    "alias",
                                    argument("alias"),
                                    "providerId",
                                    "basic-flow",
                                    "topLevel",
                                    true,
                                    "builtIn",
                                    false));
                case "keycloak_authentication_subflow" -> add(realm, "flow", "alias", Map.of("type", "basic-flow"));
                case "keycloak_authentication_execution" -> add(realm, "execution", "provider", Map.of());
                case "keycloak_authentication_bindings" -> realm.bindBrowserFlow(argument("browser_flow"));
                default -> throw new IllegalStateException(type);
            }
        }

        /** The requirement is set afterwards, the priority from the start. */
        private void add(RealmAdmin realm, String kind, String key, Map<String, Object> more) {
            String parent = argument("parent_flow_alias");
            Map<String, Object> body = new LinkedHashMap<>(more);
            body.put(key, argument(key.equals("provider") ? "authenticator" : key));
            body.put("priority", Integer.valueOf(argument("priority")));
            String id = realm.post("/authentication/flows/" + parent.replace(" ", "%20") + "/executions/" + kind, body);
            String execution = kind.equals("execution") ? id : executionOf(realm, parent);
            realm.requireExecution(parent, execution, argument("requirement"));
        }

        private String executionOf(RealmAdmin realm, String parent) {
            return realm.executions(parent).stream()
                    .filter(info -> info.path("displayName").asText().equals(argument("alias")))
                    .findFirst()
                    .orElseThrow()
                    .path("id")
                    .asText();
        }
    }
}
