package io.github.backupcodes.admin;

import io.github.backupcodes.admin.setup.HelpDeskRole;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.keycloak.Config;
import org.keycloak.authorization.identity.Identity;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * Checks which administrators may issue temporary codes to which users. They need the role {@link HelpDeskRole} and the
 * right to view the user, by a role or by a fine-grained permission, but no right to change a user: a code is useless
 * without the password.
 *
 * <p>They cannot issue codes to users with administrator roles that they do not have themselves. Keycloak requires the
 * same to assign such a role ({@code RolePermissions.checkAdminRoles}), but not to reset a password or to impersonate;
 * an administrator who may do both could otherwise take over the account with a code.
 */
final class TemporaryCodePermissions {

    private final RealmModel realm;
    private final AdminPermissionEvaluator permissions;
    private final UserModel helper;
    private final RealmModel helpersRealm;
    private final Identity helpersRoles;

    TemporaryCodePermissions(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator permissions) {
        AdminAuth auth = permissions.adminAuth();
        this.realm = realm;
        this.permissions = permissions;
        this.helper = auth.getUser();
        this.helpersRealm = auth.getRealm();
        this.helpersRoles = TokenRoles.of(auth, session);
    }

    /**
     * Checks that the caller may issue a code to a user.
     *
     * @throws WebApplicationException 403 with the reason, if not
     */
    void requireHelping(UserModel user) {
        permissions.users().requireView(user);
        if (!permissions.hasOneAdminRole(HelpDeskRole.NAME)) {
            throw refusal("Issuing a temporary code needs the role " + HelpDeskRole.NAME);
        }
        if (helper.getId().equals(user.getId())) {
            throw refusal("Nobody can issue a temporary code for the own account");
        }
        if (!isRealmAdmin() && outranks(user)) {
            throw refusal("The user has roles for administrators that you do not have");
        }
    }

    private boolean outranks(UserModel user) {
        return RoleUtils.getDeepUserRoleMappings(user).stream()
                .filter(TemporaryCodePermissions::isForAdministrators)
                .anyMatch(role -> !isHelpers(role));
    }

    /** All roles of an administrative client. {@code AdminRoles} lists them only since 26.7. */
    private static boolean isForAdministrators(RoleModel role) {
        if (role.getContainer() instanceof ClientModel client) {
            return Constants.REALM_MANAGEMENT_CLIENT_ID.equals(client.getClientId())
                    || (isMaster(client.getRealm()) && client.getClientId().endsWith(AdminRoles.APP_SUFFIX));
        }
        return role.getContainer() instanceof RealmModel container
                && isMaster(container)
                && AdminRoles.ALL_ROLES.contains(role.getName());
    }

    private static boolean isMaster(RealmModel realm) {
        return Config.getAdminRealm().equals(realm.getName());
    }

    /**
     * Reads the token, which may have fewer roles; {@code AdminPermissionEvaluator.isRealmAdmin} reads those of the
     * account.
     */
    private boolean isRealmAdmin() {
        boolean ofThisRealm = helpersRealm.equals(realm) && !isMaster(realm);
        return ofThisRealm
                ? permissions.hasOneAdminRole(AdminRoles.REALM_ADMIN)
                : helpersRoles.hasRealmRole(AdminRoles.ADMIN);
    }

    /** An administrator of the realm {@code master} has the roles for this realm in a client there. */
    private boolean isHelpers(RoleModel role) {
        if (!helpersRealm.equals(realm)) {
            return helpersRoles.hasClientRole(realm.getMasterAdminClient().getClientId(), role.getName());
        }
        return role.getContainer() instanceof ClientModel client
                ? helpersRoles.hasClientRole(client.getClientId(), role.getName())
                : helpersRoles.hasRealmRole(role.getName());
    }

    private static WebApplicationException refusal(String why) {
        return ErrorResponse.error(why, Response.Status.FORBIDDEN);
    }
}
