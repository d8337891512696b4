package io.github.backupcodes.admin.setup;

import org.keycloak.Config;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.services.managers.RealmManager;

/**
 * The role of those who issue temporary codes. It is where Keycloak's own roles for administrators are: in the client
 * {@code realm-management} of the realm, and, for administrators of the realm {@code master}, in the client that stands for
 * the realm there. As those it is a part of {@code realm-admin} and of {@code admin}, but of no other role.
 */
public final class HelpDeskRole {

    /** The name of the role. */
    public static final String NAME = "manage-backup-codes";

    /** The key of its description: the admin console translates what stands in braces. */
    private static final String DESCRIPTION = "backupCodesHelpDeskRole";

    private final KeycloakSession session;
    private final RealmModel realm;

    HelpDeskRole(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Makes it where it is missing. One that is there stays as it is, and where it is. */
    void makeIfMissing(SetupRecorder recorder) {
        if (!Config.getAdminRealm().equals(realm.getName())) {
            ClientModel client = realm.getClientByClientId(new RealmManager(session).getRealmAdminClientId(realm));
            makeIfMissing(client, client.getRole(AdminRoles.REALM_ADMIN), recorder);
        }
        RealmModel master = session.realms().getRealmByName(Config.getAdminRealm());
        makeIfMissing(realm.getMasterAdminClient(), master.getRole(AdminRoles.ADMIN), recorder);
    }

    private static void makeIfMissing(ClientModel client, RoleModel all, SetupRecorder recorder) {
        if (client.getRole(NAME) == null) {
            recorder.change(
                    "role %s added to client %s, as part of %s".formatted(NAME, client.getClientId(), all.getName()),
                    () -> {
                        RoleModel role = client.addRole(NAME);
                        role.setDescription("${" + DESCRIPTION + "}");
                        all.addCompositeRole(role);
                    });
        }
    }
}
