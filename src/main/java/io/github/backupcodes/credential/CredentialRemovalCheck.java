package io.github.backupcodes.credential;

import io.github.backupcodes.flow.BackupCodeLoa;
import org.keycloak.authentication.authenticators.util.AcrStore;
import org.keycloak.models.AuthenticationFlowBindings;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.utils.AcrUtils;
import org.keycloak.representations.AccessToken;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Checks whether a user may delete backup codes in the current session. Keycloak checks the level by itself, unless it does not know
 * it, see {@link BackupCodeLoa}.
 */
final class CredentialRemovalCheck {

    private final KeycloakSession session;
    private final RealmModel realm;

    CredentialRemovalCheck(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    boolean isAllowed() {
        BackupCodeLoa level = new BackupCodeLoa(session, realm, flow());
        return level.isKnownToKeycloak() || reached() >= level.needed();
    }

    /** The flow whose levels Keycloak uses for a deletion: {@code AuthenticationFlowResolver} returns it only since 26.6. */
    private AuthenticationFlowModel flow() {
        ClientModel client = session.getContext().getClient();
        String own = client == null
                ? null
                : client.getAuthenticationFlowBindingOverride(AuthenticationFlowBindings.BROWSER_BINDING);
        AuthenticationFlowModel ofClient = own == null ? null : realm.getAuthenticationFlowById(own);
        return ofClient == null ? realm.getBrowserFlow() : ofClient;
    }

    /** The level of the sign-in, or of the token of the account console. */
    private int reached() {
        AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
        if (signIn != null) {
            return new AcrStore(session, signIn).getLevelOfAuthenticationFromCurrentAuthentication();
        }
        return session.getContext().getBearerToken() instanceof AccessToken token ? level(token) : Constants.NO_LOA;
    }

    private int level(AccessToken token) {
        String acr = token.getAcr();
        ClientModel client = realm.getClientByClientId(token.getIssuedFor());
        if (acr == null || client == null) {
            return Constants.NO_LOA;
        }
        Integer mapped = AcrUtils.getAcrLoaMap(client).get(acr);
        try {
            return mapped == null ? Integer.parseInt(acr) : mapped;
        } catch (NumberFormatException e) {
            return Constants.NO_LOA;
        }
    }
}
