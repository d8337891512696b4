package io.github.backupcodes.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.realm.AdminClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.util.List;

/** Administrators of a realm with few rights. */
public final class TestAdministrator {

    private TestAdministrator() {}

    /** One with some roles of {@code realm-management}, none or several. */
    public static AdminClient with(TestRealm realm, String name, String... roles) {
        TestUser user = realm.user(name).create();
        RealmAdmin admin = realm.admin();
        String client = admin.clientId("realm-management");
        for (String role : roles) {
            JsonNode found = admin.get("/clients/" + client + "/roles/" + role);
            admin.post("/users/" + user.id() + "/role-mappings/clients/" + client, List.of(found));
        }
        return new AdminClient(realm.server().baseUrl(), realm.name(), user.username(), user.password());
    }
}
