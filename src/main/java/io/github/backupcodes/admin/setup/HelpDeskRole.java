package io.github.backupcodes.admin.setup;

import org.keycloak.Config;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.services.managers.RealmManager;

/**
 * The role that is required to issue temporary codes. It is defined where Keycloak's own administrator roles are: in
 * the client {@code realm-management} of the realm, and, for administrators of the realm {@code master}, in the client
 * that represents the realm there. Like them it is part of the composite roles {@code realm-admin} and {@code admin},
 * but of no other role.
 */
public final class HelpDeskRole {

    /** The name of the role. */
    public static final String NAME = "manage-backup-codes";

    /** The message key of its description: the admin console translates keys in braces. */
    private static final String DESCRIPTION = "backupCodesHelpDeskRole";

    private final KeycloakSession session;
    private final RealmModel realm;

    HelpDeskRole(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Creates the role where it is missing. An existing role is left unchanged. */
    void createIfMissing(SetupRecorder recorder) {
        if (!Config.getAdminRealm().equals(realm.getName())) {
            ClientModel client = realm.getClientByClientId(new RealmManager(session).getRealmAdminClientId(realm));
            createIfMissing(client, client.getRole(AdminRoles.REALM_ADMIN), recorder);
        }
        RealmModel master = session.realms().getRealmByName(Config.getAdminRealm());
        createIfMissing(realm.getMasterAdminClient(), master.getRole(AdminRoles.ADMIN), recorder);
    }

    private static void createIfMissing(ClientModel client, RoleModel all, SetupRecorder recorder) {
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
