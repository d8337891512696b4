package io.github.backupcodes.admin;

import java.util.stream.Stream;
import org.keycloak.authorization.common.KeycloakIdentity;
import org.keycloak.authorization.identity.Identity;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.IDToken;
import org.keycloak.services.resources.admin.AdminAuth;

/**
 * The roles of an administrator, as Keycloak's own permissions see them ({@code MgmtPermissions}): since 26.7 those of the
 * user, as far as the token has them; before, those of the token, into which Keycloak has resolved a lightweight one by now.
 */
final class TokenRoles {

    private static final boolean OF_THE_USER = Stream.of(KeycloakIdentity.class.getConstructors())
            .anyMatch(constructor -> constructor.getParameterCount() == 4);

    private TokenRoles() {}

    static Identity of(AdminAuth auth, KeycloakSession session) {
        return OF_THE_USER ? ofUser(auth, session) : ofToken(auth.getToken(), session, auth.getRealm());
    }

    /** A method of its own: the constructor is linked where this is called. */
    private static Identity ofUser(AdminAuth auth, KeycloakSession session) {
        return new KeycloakIdentity(auth.getToken(), session, auth.getRealm(), true);
    }

    private static Identity ofToken(IDToken token, KeycloakSession session, RealmModel realm) {
        return new KeycloakIdentity(token, session, realm);
    }
}
