package io.github.backupcodes.admin;

import io.github.backupcodes.support.realm.AdminClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestRealm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fine-grained admin permissions (v2) of one administrator, in a realm that has {@code adminPermissionsEnabled}. Keycloak wants
 * all permissions for a resource to agree, so that those of others must not stay behind.
 */
final class FineGrainedPermissions implements AutoCloseable {

    private final AdminClient client;
    private final String server;
    private final String admin;
    private final String adminId;
    private final List<String> paths = new ArrayList<>();

    /** Of the administrator with this name. */
    FineGrainedPermissions(TestRealm realm, String admin) {
        RealmAdmin management = realm.admin();
        this.client = management.client();
        this.admin = admin;
        this.adminId = management.userNamed(admin).id();
        this.server = management.path("/clients/"
                + client.get(management.path("/clients?clientId=admin-permissions"))
                        .get(0)
                        .path("id")
                        .asText()
                + "/authz/resource-server");
    }

    /** The id of the administrator. */
    String adminId() {
        return adminId;
    }

    /**
     * Permits something.
     *
     * @param type      {@code Users} or {@code Groups}
     */
    void permit(String type, List<String> resources, String... scopes) {
        add(type, resources, "POSITIVE", scopes);
    }

    /** Denies something, as {@link #permit} permits it. */
    void deny(String type, List<String> resources, String... scopes) {
        add(type, resources, "NEGATIVE", scopes);
    }

    private void add(String type, List<String> resources, String logic, String... scopes) {
        String name = "%s %s %s %d".formatted(admin, logic, List.of(scopes), paths.size());
        String policy =
                made("/policy/user", Map.of("name", "policy of " + name, "users", List.of(adminId), "logic", logic));
        Map<String, Object> permission = new LinkedHashMap<>();
        permission.put("name", name);
        permission.put("resourceType", type);
        permission.put("resources", resources);
        permission.put("scopes", List.of(scopes));
        permission.put("policies", List.of(policy));
        made("/permission/scope", permission);
    }

    private String made(String path, Map<String, Object> body) {
        String id = client.postForAnswer(server + path, body).path("id").asText();
        paths.add(0, server + path + "/" + id);
        return id;
    }

    /** Takes all of it back. */
    @Override
    public void close() {
        paths.forEach(client::delete);
    }
}
