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
 * Who may help whom. It takes the role {@link HelpDeskRole} and the sight of the user, by a role or by a fine-grained
 * permission, and nothing that would let the helper change a user: a code is of no use without the password.
 *
 * <p>Nobody helps somebody with a role for administrators that the helper lacks. Keycloak asks for the same of whoever
 * assigns such a role ({@code RolePermissions.checkAdminRoles}), but not of whoever resets a password or impersonates; with
 * both in one hand a code would be the last thing missing.
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
     * Makes sure that the caller may issue a code to a user.
     *
     * @throws WebApplicationException 403 when not, and why
     */
    void requireHelping(UserModel user) {
        permissions.users().requireView(user);
        if (!permissions.hasOneAdminRole(HelpDeskRole.NAME)) {
            throw refusal("Issuing a temporary code requires the role " + HelpDeskRole.NAME);
        }
        if (helper.getId().equals(user.getId())) {
            throw refusal("You cannot issue a temporary code for your own account");
        }
        if (!isRealmAdmin() && outranks(user)) {
            throw refusal("The user has administrator roles that you do not have");
        }
    }

    private boolean outranks(UserModel user) {
        return RoleUtils.getDeepUserRoleMappings(user).stream()
                .filter(TemporaryCodePermissions::isForAdministrators)
                .anyMatch(role -> !isHelpers(role));
    }

    /** All roles of a client for administrators. {@code AdminRoles} tells them only since 26.7. */
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

    /** {@code AdminPermissionEvaluator.isRealmAdmin} asks the account, and not the token, which may have less. */
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
