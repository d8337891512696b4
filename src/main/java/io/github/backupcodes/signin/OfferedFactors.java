package io.github.backupcodes.signin;

import io.github.backupcodes.credential.SecondFactors;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * The second factors that a user can set up, Keycloak's own or another extension's: those with a required action that makes
 * one, enabled in the realm. Whoever asks for a second factor takes it from here.
 */
public final class OfferedFactors {

    private final KeycloakSession session;
    private final UserModel user;

    /** Takes the user, of the realm of the session. */
    public OfferedFactors(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
    }

    /** All of them, whether or not a flow accepts them, in the order of the account console. */
    public List<OfferedFactor> all() {
        return new SecondFactors(session)
                .described(user).stream()
                        // Keycloak leaves an action out of the metadata that is not enabled
                        .filter(type -> type.getCreateAction() != null)
                        .sorted()
                        .map(OfferedFactor::of)
                        .toList();
    }

    /** Those of some types, as {@link AcceptedTypes} tells them. */
    public List<OfferedFactor> of(Set<String> types) {
        return all().stream().filter(factor -> types.contains(factor.type())).toList();
    }

    /** The one that an action makes, if any: by the id of the action's provider. */
    public Optional<OfferedFactor> madeBy(String action) {
        return all().stream().filter(factor -> factor.action().equals(action)).findFirst();
    }
}
