package io.github.backupcodes.enrollment;

import io.github.backupcodes.credential.SecondFactors;
import io.github.backupcodes.signin.AcceptedTypes;
import java.util.List;
import java.util.Set;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The login verification of a user, as a browser flow asks for it: by a second factor that the flow accepts. Codes kept for
 * the day when that is lost do not turn it on.
 */
final class Verification {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final Set<String> accepted;

    /** Takes the flow that the user signs in with. */
    Verification(KeycloakSession session, RealmModel realm, UserModel user, AuthenticationFlowModel flow) {
        this.session = session;
        this.realm = realm;
        this.user = user;
        this.accepted = new AcceptedTypes(session, realm).of(flow);
    }

    /** Whether the user has a second factor that the flow accepts. */
    boolean isOn() {
        return has(accepted);
    }

    /**
     * Whether the user has a second factor for the browser flow of the realm, though perhaps not for that of this client. Who
     * has got here by password alone must not be given another one that counts there as well.
     */
    boolean isOnInRealm() {
        return has(new AcceptedTypes(session, realm).of(realm.getBrowserFlow()));
    }

    private boolean has(Set<String> types) {
        return new SecondFactors(session).has(user, types::contains);
    }

    /**
     * The second factors that the realm really offers: of a type that the flow accepts, with an enabled required action that
     * makes one. In the order of the account console.
     */
    List<OfferedFactor> offered() {
        return new SecondFactors(session)
                .described(user).stream()
                        // Keycloak leaves an action out of the metadata that is not enabled
                        .filter(type -> type.getCreateAction() != null && accepted.contains(type.getType()))
                        .sorted()
                        .map(OfferedFactor::of)
                        .toList();
    }

    /** Whether the flow accepts a type of credential. */
    boolean accepts(String type) {
        return accepted.contains(type);
    }
}
