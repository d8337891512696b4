package io.github.backupcodes.race.server;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Ends single-use objects early, where a test would otherwise wait for their end. */
public final class SingleUseObjectResource {

    private final KeycloakSession session;
    private final AdminPermissionEvaluator permissions;

    SingleUseObjectResource(KeycloakSession session, AdminPermissionEvaluator permissions) {
        this.session = session;
        this.permissions = permissions;
    }

    /** Removes one. */
    @DELETE
    @Path("{key}")
    public void remove(@PathParam("key") String key) {
        permissions.realm().requireManageRealm();
        session.singleUseObjects().remove(key);
    }
}
