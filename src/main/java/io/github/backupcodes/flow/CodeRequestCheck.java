package io.github.backupcodes.flow;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Checks whether any flow of a realm will request the backup codes of a user. If none does, the pages that show codes say so, because
 * the codes are of no use.
 */
public final class CodeRequestCheck {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** Takes the realm whose flows are meant. */
    public CodeRequestCheck(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * Whether a browser flow accepts a second factor that the user has, beside which codes are requested, or a flow of any kind requests
     * codes without a second factor, for example after an identity provider or before a new password.
     */
    public boolean isAnyRequestedOf(UserModel user) {
        return new BrowserFlows(session, realm).requestSecondFactorOf(user)
                || new CodesWithoutSecondFactor(session, realm).areRequestedByAny();
    }
}
