package io.github.backupcodes.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.docs.OpenApiContract;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.realm.AdminClient;
import io.github.backupcodes.support.realm.HelpDeskCode;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.UserAdmin;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may call what: the table in {@code docs/admin-rest.md} is what the server answers. */
class PermissionsIT {

    private static final String HELP = "manage-backup-codes";
    private static final Path DOCUMENT = Path.of("docs/admin-rest.md");
    private static final String USERS = "Users";

    @AutoClose
    private static final TestRealm realm =
            TestRealm.builder().with("adminPermissionsEnabled", true).create();

    private static TestUser user;
    private static String group;

    @BeforeAll
    static void prepareRealm() {
        HelpDeskCode.prepare(realm);
        group = realm.admin().post("/groups", Map.of("name", "branch"));
        user = realm.user("customer")
                .otp()
                .codes(TestCodeSet.of(3))
                .with("groups", List.of("branch"))
                .create();
    }

    @Test
    void theTableIsAsTheServerAnswers() throws IOException {
        List<String> table = new ArrayList<>(List.of(
                "| Caller | `GET users/{id}` | `DELETE users/{id}` | `POST …/temporary-code` | the same for the own account"
                        + " | `GET coverage` | `POST setup` | `POST revoke-changed` | `POST sms/test` |",
                "|---|---|---|---|---|---|---|---|---|"));
        try (TestRealm other = TestRealm.create()) {
            table.add(row("no role"));
            for (String role :
                    List.of("query-users", "view-users", "manage-users", "manage-realm", "impersonation", HELP)) {
                table.add(row("`" + role + "`", role));
            }
            table.add(row("`%s` and `view-users`".formatted(HELP), HELP, "view-users"));
            table.add(row("`%s` and `manage-users`".formatted(HELP), HELP, "manage-users"));
            table.add(row("`manage-realm` and `manage-users`", "manage-realm", "manage-users"));
            table.add(row("`realm-admin`", "realm-admin"));
            List<String> one = List.of(user.id());
            table.add(fineGrained("may view this user", may -> may.permit(USERS, one, "view")));
            table.add(fineGrained("may manage this user", may -> may.permit(USERS, one, "view", "manage")));
            table.add(fineGrained("may manage this user, not reset the password", may -> {
                may.permit(USERS, one, "view", "manage");
                may.deny(USERS, one, "reset-password");
            }));
            table.add(fineGrained(
                    "may reset the password of this user", may -> may.permit(USERS, one, "reset-password")));
            table.add(fineGrained(
                    "may view this user, `%s`".formatted(HELP), may -> may.permit(USERS, one, "view"), HELP));
            table.add(fineGrained(
                    "may view the members of the user’s group, `%s`".formatted(HELP),
                    may -> may.permit("Groups", List.of(group), "view-members"),
                    HELP));
            table.add(fineGrained(
                    "may view another user only, `%s`".formatted(HELP),
                    may -> may.permit(USERS, List.of(may.adminId()), "view"),
                    HELP));
            table.add(fineGrained(
                    "may view all users, `%s`".formatted(HELP), may -> may.permit(USERS, List.of(), "view"), HELP));
            table.add(fineGrained(
                    "may view all users but this one, `%s`".formatted(HELP),
                    may -> {
                        may.permit(USERS, List.of(), "view");
                        may.deny(USERS, one, "view");
                    },
                    HELP));
            HelpDeskCode.prepare(other);
            table.add(row(
                    "`realm-admin` of another realm", TestAdministrator.with(other, "neighbour", "realm-admin"), null));
            table.add(row("`admin` of the realm `master`", realm.admin().client(), null));
        }

        String document = Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "";
        assertThat(document.lines().filter(line -> line.startsWith("|") && line.split("\\|", -1).length == 11))
                .as("%s should have:%n%s%n", DOCUMENT, String.join("\n", table))
                .containsExactlyElementsOf(table);
    }

    @Test
    void nobodyHelpsSomebodyWithRolesForAdministratorsThatTheHelperLacks() {
        AdminClient helper = TestAdministrator.with(realm, "helper", HELP, "view-users");
        AdminClient admin = TestAdministrator.with(realm, "whole-admin", "realm-admin");
        for (String role : List.of("manage-users", "realm-admin", "impersonation", "view-realm")) {
            TestAdministrator.with(realm, "with-" + role, role);
            assertThat(help(helper, id("with-" + role))).as(role).isEqualTo(403);
            assertThat(help(admin, id("with-" + role))).as(role).isEqualTo(200);
        }
        TestAdministrator.with(realm, "colleague", HELP, "view-users");
        assertThat(help(helper, id("colleague"))).isEqualTo(200);
        assertThat(help(TestAdministrator.with(realm, "manager", HELP, "manage-users", "view-users"), id("colleague")))
                .isEqualTo(200);

        RealmAdmin management = realm.admin();
        String path = management.path("/groups");
        String admins = management.client().post(path, Map.of("name", "admins"));
        management
                .client()
                .post(path + "/" + admins + "/role-mappings/clients/" + client(), List.of(role("manage-users")));
        TestUser member = realm.user("in-the-group")
                .otp()
                .with("groups", List.of("admins"))
                .create();
        assertThat(help(helper, member.id())).as("by a group").isEqualTo(403);

        management.post("/roles", Map.of("name", "boss"));
        management.post("/roles/boss/composites", List.of(role("manage-events")));
        TestUser boss = realm.user("the-boss").otp().create();
        management.post("/users/" + boss.id() + "/role-mappings/realm", List.of(management.get("/roles/boss")));
        assertThat(help(helper, boss.id())).as("by a role of the realm").isEqualTo(403);
        assertThat(Json.read(send(helper, boss.id()).body())
                        .path("errorMessage")
                        .asText())
                .contains("administrator roles");
    }

    @Test
    void anAdministratorOfTheRealmMasterWithFewRolesIsHeldToThem() {
        RealmAdmin master = realm.server().admin().realm("master");
        String name = "helper-of-" + realm.name();
        UserAdmin admin = master.createUser(Map.of(
                "username",
                name,
                "enabled",
                true,
                "email",
                name + "@example.org",
                "emailVerified",
                true,
                "firstName",
                "First",
                "lastName",
                "Last",
                "credentials",
                List.of(Map.of("type", "password", "value", name))));
        try {
            String client = master.clientId(realm.name() + "-realm");
            for (String role : List.of(HELP, "view-users")) {
                master.post(
                        "/users/" + admin.id() + "/role-mappings/clients/" + client,
                        List.of(master.get("/clients/" + client + "/roles/" + role)));
            }
            AdminClient helper = new AdminClient(realm.server().baseUrl(), "master", name, name);
            TestAdministrator.with(realm, "of-the-house", "manage-users");
            TestAdministrator.with(realm, "peer", HELP, "view-users");

            assertThat(help(helper, user.id())).isEqualTo(200);
            assertThat(help(helper, id("peer"))).isEqualTo(200);
            assertThat(help(helper, id("of-the-house"))).isEqualTo(403);
        } finally {
            admin.delete();
        }
    }

    /** As Keycloak's own permissions: a client may have been given less than its user. */
    @Test
    void rolesThatTheTokenLeavesOutDoNotCount() {
        RealmAdmin management = realm.admin();
        String narrow = management.post(
                "/clients",
                Map.of(
                        "clientId",
                        "narrow",
                        "publicClient",
                        true,
                        "directAccessGrantsEnabled",
                        true,
                        "fullScopeAllowed",
                        false));
        management.post(
                "/clients/" + narrow + "/scope-mappings/clients/" + client(), List.of(role(HELP), role("view-users")));
        TestAdministrator.with(realm, "manages-users", "manage-users");
        Map<String, String[]> helpers = Map.of(
                "manager-too", new String[] {HELP, "view-users", "manage-users"}, "owner", new String[] {"realm-admin"
                });
        helpers.forEach((name, roles) -> {
            AdminClient whole = TestAdministrator.with(realm, name, roles);
            AdminClient narrowed =
                    new AdminClient(realm.server().baseUrl(), realm.name(), "narrow", name, TestUser.PASSWORD);
            assertThat(help(whole, id("manages-users"))).as(name).isEqualTo(200);
            assertThat(help(narrowed, user.id())).as(name).isEqualTo(200);
            assertThat(help(narrowed, id("manages-users"))).as(name).isEqualTo(403);
        });
    }

    @Test
    void aServiceAccountIsNotHelped() {
        RealmAdmin management = realm.admin();
        String client = management.post(
                "/clients", Map.of("clientId", "robot", "publicClient", false, "serviceAccountsEnabled", true));
        String robot = management
                .get("/clients/" + client + "/service-account-user")
                .path("id")
                .asText();
        assertThat(help(management.client(), robot)).isEqualTo(400);
    }

    private static String row(String caller, String... roles) {
        return fineGrained(caller, may -> {}, roles);
    }

    private static String fineGrained(String caller, Consumer<FineGrainedPermissions> permissions, String... roles) {
        String name = "caller-" + Integer.toHexString(caller.hashCode());
        AdminClient client = TestAdministrator.with(realm, name, roles);
        try (FineGrainedPermissions fineGrained = new FineGrainedPermissions(realm, name)) {
            permissions.accept(fineGrained);
            return row(caller, client, fineGrained.adminId());
        }
    }

    private static String row(String caller, AdminClient client, @Nullable String own) {
        String path = realm.admin().path("/backup-codes");
        String delete = cell(client.send("DELETE", path + "/users/" + user.id(), null));
        assertThat(cell(client.send("DELETE", path + "/users/" + user.id() + "/email-code", null)))
                .as("codes by e-mail, by %s", caller)
                .isEqualTo(delete);
        return "| %s | %s | %s | %s | %s | %s | %s | %s | %s |"
                .formatted(
                        caller,
                        cell(client.send("GET", path + "/users/" + user.id(), null)),
                        delete,
                        cell(send(client, user.id())),
                        own == null ? "–" : cell(send(client, own)),
                        cell(client.send("GET", path + "/coverage", null)),
                        cell(client.send("POST", path + "/setup?dryRun=true", Map.of())),
                        // nothing was changed since then
                        cell(client.send("POST", path + "/revoke-changed", Map.of("since", "9999-01-01T00:00:00Z"))),
                        cellOfTest(client.send("POST", path + "/sms/test", Map.of())));
    }

    /** Callers who may send a message are told that the number is missing. */
    private static String cellOfTest(HttpResponse<String> answer) {
        return answer.statusCode() == 400 ? "yes" : cell(answer);
    }

    private static String cell(HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case 200, 204 -> "yes";
            case 403 -> "no";
            default ->
                throw new IllegalStateException(
                        answer.statusCode() + " from " + answer.uri().getPath());
        };
    }

    private static int help(AdminClient client, String id) {
        return send(client, id).statusCode();
    }

    private static HttpResponse<String> send(AdminClient client, String id) {
        HttpResponse<String> answer = HelpDeskCode.send(client, realm, id, Map.of("reason", "The phone is lost"));
        assertThat(OpenApiContract.faults(
                        "POST", "/users/{id}/temporary-code", answer.statusCode(), OpenApiContract.body(answer.body())))
                .isEmpty();
        return answer;
    }

    private static String id(String name) {
        return realm.admin().userNamed(name).id();
    }

    private static String client() {
        return realm.admin().clientId("realm-management");
    }

    private static JsonNode role(String name) {
        return realm.admin().get("/clients/" + client() + "/roles/" + name);
    }
}
