package io.github.backupcodes.admin;

import io.github.backupcodes.admin.setup.HelpDeskRole;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.authorization.common.KeycloakIdentity;
import org.keycloak.authorization.identity.Identity;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;
import org.keycloak.representations.IDToken;
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

    /** Whether this Keycloak decides by the roles of the user, as far as the token has them: since 26.7. */
    private static final boolean ROLES_OF_USER = Stream.of(KeycloakIdentity.class.getConstructors())
            .anyMatch(constructor -> constructor.getParameterCount() == 4);

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
        this.helpersRoles = rolesOf(auth, session);
    }

    /**
     * Checks that the caller may issue a code to a user.
     *
     * @throws WebApplicationException 403 with the reason, if not
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

    /**
     * The roles of an administrator as Keycloak's own permissions see them ({@code MgmtPermissions}): since 26.7 those of the
     * user, as far as the token has them; before, those of the token, into which Keycloak has resolved a lightweight one.
     */
    private static Identity rolesOf(AdminAuth auth, KeycloakSession session) {
        return ROLES_OF_USER ? ofUser(auth, session) : ofToken(auth.getToken(), session, auth.getRealm());
    }

    /** A separate method, because the constructor is linked where it is called. */
    private static Identity ofUser(AdminAuth auth, KeycloakSession session) {
        return new KeycloakIdentity(auth.getToken(), session, auth.getRealm(), true);
    }

    private static Identity ofToken(IDToken token, KeycloakSession session, RealmModel realm) {
        return new KeycloakIdentity(token, session, realm);
    }
}
