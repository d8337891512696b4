package io.github.backupcodes.race.server;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Tells what this server has asked the store of single-use objects for in a realm. */
public final class SingleUseCallsResource {

    private final RealmModel realm;
    private final AdminPermissionEvaluator permissions;

    SingleUseCallsResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator permissions) {
        this.realm = realm;
        this.permissions = permissions;
    }

    /** The number of calls, by call and kind of entry, for example {@code putIfAbsent bc:pl}. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, Integer> calls() {
        permissions.realm().requireManageRealm();
        return SingleUseCalls.of(realm);
    }

    /** Starts to count again. */
    @DELETE
    public void forget() {
        permissions.realm().requireManageRealm();
        SingleUseCalls.of(realm).clear();
    }
}
