package io.github.backupcodes.admin.setup;

import io.github.backupcodes.code.FactorRank;
import io.github.backupcodes.flow.AcceptedCredentialTypes;
import io.github.backupcodes.flow.FactorRanks;
import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.support.RequiredActions;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.keycloak.authentication.requiredactions.WebAuthnRegisterFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.services.ErrorResponse;

/**
 * Refuses to make text messages the only kind of second factor that a realm offers: users of a restricted authenticator must have an
 * unrestricted alternative (NIST SP 800-63B-4, 3.2.9).
 */
final class RestrictedFactorCheck {

    /** The actions that set up Keycloak's own factors. Other extensions have their own ways. */
    private static final Map<String, String> SETUP_ACTIONS = Map.of(
            OTPCredentialModel.TYPE,
            UserModel.RequiredAction.CONFIGURE_TOTP.name(),
            WebAuthnCredentialModel.TYPE_TWOFACTOR,
            WebAuthnRegisterFactory.PROVIDER_ID);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SetupOptions options;

    RestrictedFactorCheck(KeycloakSession session, RealmModel realm, SetupOptions options) {
        this.session = session;
        this.realm = realm;
        this.options = options;
    }

    /**
     * Runs the check.
     *
     * @throws WebApplicationException 400 if the options add text messages to a realm without a stronger factor
     */
    void run() {
        if (options.addsSmsCode() && !options.acceptsRestricted() && !offersStrongFactor()) {
            throw ErrorResponse.error(
                    "smsCode would make text messages the only kind of second factor, and they are restricted (NIST SP 800-63B-4,"
                            + " 3.2.9): offer an authenticator app or a security key in the browser flow and enable its required"
                            + " action, or set acceptRestricted",
                    Response.Status.BAD_REQUEST);
        }
    }

    private boolean offersStrongFactor() {
        FactorRanks ranks = FactorRanks.of(realm);
        return new AcceptedCredentialTypes(session, realm)
                .of(realm.getBrowserFlow()).stream()
                        .filter(new SecondFactorCredentials(session).types()::contains)
                        .filter(type -> ranks.of(type) == FactorRank.STRONG)
                        .anyMatch(this::canBeSetUp);
    }

    private boolean canBeSetUp(String type) {
        String action = SETUP_ACTIONS.get(type);
        return action == null || RequiredActions.alias(realm, action).isPresent();
    }
}
