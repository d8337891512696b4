package io.github.backupcodes.support.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.backupcodes.support.Json;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The administration of one realm.
 *
 * @param client the client behind it, for paths that have no method here
 * @param name the realm's name
 */
public record RealmAdmin(AdminClient client, String name) {

    /**
     * A path of this realm, for {@link #client()}.
     *
     * @param rest what follows the realm, for example {@code /users}
     */
    public String path(String rest) {
        return "/realms/" + name + rest;
    }

    /** The realm as it is. */
    public JsonNode representation() {
        return client.get(path(""));
    }

    /** Changes some settings; the others stay. */
    public void update(Map<String, ?> changes) {
        client.put(path(""), changes);
    }

    /** Deletes the realm. */
    public void delete() {
        client.delete(path(""));
    }

    /** Makes a user. */
    public UserAdmin createUser(Map<String, ?> representation) {
        return user(client.post(path("/users"), representation));
    }

    /** A user. */
    public UserAdmin user(String id) {
        return new UserAdmin(this, id);
    }

    /** A user. */
    public UserAdmin userNamed(String username) {
        JsonNode found = client.get(path("/users?exact=true&username=" + encode(username)));
        if (found.isEmpty()) {
            throw new IllegalStateException("no user " + username + " in " + name);
        }
        return user(found.path(0).path("id").asText());
    }

    /** The stored user events, newest first. */
    public List<JsonNode> events() {
        return list("/events?max=1000");
    }

    /** The stored user events of one type, newest first. */
    public List<JsonNode> events(String type) {
        return list("/events?max=1000&type=" + type);
    }

    /** The stored admin events, newest first. */
    public List<JsonNode> adminEvents() {
        return list("/admin-events?max=1000");
    }

    /** Forgets all user and admin events. */
    public void clearEvents() {
        client.delete(path("/events"));
        client.delete(path("/admin-events"));
    }

    /** Turns the realm's brute-force detection on. */
    public void lockAfter(int failures) {
        // two failures in quick succession are no reason to lock
        ObjectNode protection = Json.read("""
                {"bruteForceProtected": true, "permanentLockout": false, "waitIncrementSeconds": 60,
                 "maxFailureWaitSeconds": 900, "quickLoginCheckMilliSeconds": 0, "minimumQuickLoginWaitSeconds": 0}
                """).deepCopy();
        client.put(path(""), protection.put("failureFactor", failures));
    }

    /** A required action. */
    public JsonNode requiredAction(String alias) {
        return client.get(path("/authentication/required-actions/" + alias));
    }

    /** Makes an extension's required action known to the realm and enables it. Does nothing when it is known. */
    public void registerRequiredAction(String alias) {
        for (JsonNode action : client.get(path("/authentication/unregistered-required-actions"))) {
            if (action.path("providerId").asText().equals(alias)) {
                client.post(
                        path("/authentication/register-required-action"),
                        Map.of("providerId", alias, "name", action.path("name").asText()));
            }
        }
        updateRequiredAction(alias, Map.of("enabled", true));
    }

    /**
     * Changes a required action.
     *
     * @param changes for example {@code enabled}, {@code defaultAction}
     */
    public void updateRequiredAction(String alias, Map<String, ?> changes) {
        client.put(path("/authentication/required-actions/" + alias), merged(requiredAction(alias), changes));
    }

    /** Sets the configuration of a required action; the policy of the backup codes is one. */
    public void configureRequiredAction(String alias, Map<String, String> config) {
        client.put(path("/authentication/required-actions/" + alias + "/config"), Map.of("config", config));
    }

    /** The configuration of a required action. */
    public JsonNode requiredActionConfig(String alias) {
        return client.get(path("/authentication/required-actions/" + alias + "/config"))
                .path("config");
    }

    /** A setting of the required action for codes. */
    public JsonNode codesSetting(String key) {
        return requiredActionConfig(BackupCodesNames.ACTION).path(key);
    }

    /**
     * The id of a client for paths.
     *
     * @param name the client’s own id, for example {@code app}
     */
    public String clientId(String name) {
        return get("/clients?clientId=" + encode(name)).path(0).path("id").asText();
    }

    /**
     * Copies a flow.
     *
     * @param to the alias of the copy; its sub-flows are called {@code <to> <name of the sub-flow>}
     */
    public void copyFlow(String from, String to) {
        client.post(path("/authentication/flows/" + encode(from) + "/copy"), Map.of("newName", to));
    }

    /** Adds an execution at the end of a flow that is not built in. */
    public String addExecution(String flow, String provider, String requirement) {
        String id = client.post(
                path("/authentication/flows/" + encode(flow) + "/executions/execution"), Map.of("provider", provider));
        requireExecution(flow, id, requirement);
        return id;
    }

    /**
     * Changes the requirement of an execution.
     *
     * @param flow the alias of its flow or of a flow above
     */
    public void requireExecution(String flow, String execution, String requirement) {
        for (JsonNode info : executions(flow)) {
            if (info.path("id").asText().equals(execution)) {
                client.put(
                        path("/authentication/flows/" + encode(flow) + "/executions"),
                        merged(info, Map.of("requirement", requirement)));
                return;
            }
        }
        throw new IllegalStateException("no execution " + execution + " in " + flow);
    }

    /** The executions of a flow and of its sub-flows. */
    public List<JsonNode> executions(String flow) {
        return list("/authentication/flows/" + encode(flow) + "/executions");
    }

    /** The execution of an authenticator in a flow. */
    public String execution(String flow, String provider) {
        return executions(flow).stream()
                .filter(info -> info.path("providerId").asText().equals(provider))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + provider + " in " + flow))
                .path("id")
                .asText();
    }

    /** Configures an execution that has no configuration yet. */
    public void configureExecution(String execution, Map<String, String> config) {
        client.post(
                path("/authentication/executions/" + execution + "/config"),
                Map.of("alias", "config-" + execution, "config", config));
    }

    /**
     * Gives an execution its name among the methods of a token, for an hour: Keycloak's default is that it counts for nothing a second
     * later.
     */
    public void nameMethod(String flow, String authenticator, String reference) {
        configureExecution(
                execution(flow, authenticator),
                Map.of("default.reference.value", reference, "default.reference.maxAge", "3600"));
    }

    /** Lets the tokens of a client name the methods of the sign-in ({@code amr}). */
    public void nameMethodsInTokens(String client) {
        post(
                "/clients/" + clientId(client) + "/protocol-mappers/models",
                Map.of(
                        "name",
                        "methods",
                        "protocol",
                        "openid-connect",
                        "protocolMapper",
                        "oidc-amr-mapper",
                        "config",
                        Map.of("id.token.claim", "true", "access.token.claim", "true")));
    }

    /** The id of a flow, for what refers to flows by id. */
    public String flowId(String alias) {
        return list("/authentication/flows").stream()
                .filter(flow -> flow.path("alias").asText().equals(alias))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no flow " + alias))
                .path("id")
                .asText();
    }

    /** Binds a flow as the browser flow. */
    public void bindBrowserFlow(String alias) {
        update(Map.of("browserFlow", alias));
    }

    /** Gives a client a browser flow of its own. */
    public void bindBrowserFlow(String clientId, String alias) {
        JsonNode found =
                client.get(path("/clients?clientId=" + encode(clientId))).get(0);
        ObjectNode changed = found.deepCopy();
        changed.putObject("authenticationFlowBindingOverrides").put("browser", flowId(alias));
        client.put(path("/clients/" + found.path("id").asText()), changed);
    }

    /** GET of a path below the realm. */
    public JsonNode get(String rest) {
        return client.get(path(rest));
    }

    /** POST to a path below the realm; returns the id of what was created. */
    public String post(String rest, Object body) {
        return client.post(path(rest), body);
    }

    /** POST to a path below the realm that answers with JSON. */
    public JsonNode postForAnswer(String rest, Object body) {
        return client.postForAnswer(path(rest), body);
    }

    /** PUT to a path below the realm. */
    public void put(String rest, Object body) {
        client.put(path(rest), body);
    }

    /** DELETE of a path below the realm. */
    public void delete(String rest) {
        client.delete(path(rest));
    }

    /** Any request to a path below the realm, whatever the answer. */
    public HttpResponse<String> send(String method, String rest, @Nullable Object body) {
        return client.send(method, path(rest), body);
    }

    /** Changes the settings of the required action for codes. */
    public void configureCodes(Map<String, String> config) {
        configureRequiredAction(BackupCodesNames.ACTION, config);
    }

    /** Adds a key of a provider. */
    public void addKey(String provider, Map<String, List<String>> config) {
        post(
                "/components",
                Map.of(
                        "name",
                        provider + " added",
                        "providerId",
                        provider,
                        "providerType",
                        "org.keycloak.keys.KeyProvider",
                        "config",
                        config));
    }

    /** Deletes the keys of a provider, for example {@code hmac-generated}: those for HS512. */
    public void deleteKeys(String provider) {
        for (JsonNode key : get("/components?type=org.keycloak.keys.KeyProvider")) {
            if (key.path("providerId").asText().equals(provider)) {
                delete("/components/" + key.path("id").asText());
            }
        }
    }

    /** Adds another realm as an identity provider. */
    public void addIdentityProvider(
            String alias, RealmAdmin upstream, Map<String, ?> provider, Map<String, String> config) {
        String realmUrl = client.baseUrl() + "/realms/" + upstream.name;
        ObjectNode representation = Json.read("""
                {"providerId": "oidc", "enabled": true, "trustEmail": true, "config": {
                  "clientId": "consumer", "clientSecret": "of the consumer", "clientAuthMethod": "client_secret_post",
                  "issuer": "$", "authorizationUrl": "$/protocol/openid-connect/auth",
                  "tokenUrl": "$/protocol/openid-connect/token", "userInfoUrl": "$/protocol/openid-connect/userinfo",
                  "defaultScope": "openid profile email"}}
                """.replace("$", realmUrl)).deepCopy();
        representation.put("alias", alias);
        provider.forEach(representation::putPOJO);
        config.forEach(((ObjectNode) representation.get("config"))::put);
        post("/identity-provider/instances", representation);
    }

    /** Adds the client of {@link #addIdentityProvider} to the realm that vouches for its users. */
    public void addConsumer() {
        post("/clients", Map.of("clientId", "consumer", "secret", "of the consumer", "redirectUris", List.of("*")));
    }

    private List<JsonNode> list(String rest) {
        return Json.list(client.get(path(rest)));
    }

    static JsonNode merged(JsonNode representation, Map<String, ?> changes) {
        ObjectNode merged = representation.deepCopy();
        changes.forEach(merged::putPOJO);
        return merged;
    }

    static String encode(String step) {
        return URLEncoder.encode(step, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
