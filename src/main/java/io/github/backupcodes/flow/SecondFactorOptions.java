package io.github.backupcodes.flow;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * The second factors that a user can set up, Keycloak's own or another extension's: those with a required action that makes
 * one, enabled in the realm. Whoever asks for a second factor takes it from here.
 */
public final class SecondFactorOptions {

    private final KeycloakSession session;
    private final UserModel user;

    /** Takes the user, of the realm of the session. */
    public SecondFactorOptions(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
    }

    /** All of them, whether or not a flow accepts them, in the order of the account console. */
    public List<SecondFactorOption> all() {
        return new SecondFactorCredentials(session)
                .described(user).stream()
                        // Keycloak leaves an action out of the metadata that is not enabled
                        .filter(type -> type.getCreateAction() != null)
                        .sorted()
                        .map(SecondFactorOption::of)
                        .toList();
    }

    /** Those of some types, as {@link AcceptedCredentialTypes} tells them. */
    public List<SecondFactorOption> of(Set<String> types) {
        return all().stream().filter(factor -> types.contains(factor.type())).toList();
    }

    /** The one that an action makes, if any: by the id of the action's provider. */
    public Optional<SecondFactorOption> madeBy(String action) {
        return all().stream().filter(factor -> factor.action().equals(action)).findFirst();
    }
}
