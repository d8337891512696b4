package io.github.backupcodes.flow;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Finds the second factors that a user can set up, Keycloak's own or another extension's: those with a required action,
 * enabled in the realm, that creates one. All pages that offer second factors use this class.
 */
public final class SecondFactorOptions {

    private final KeycloakSession session;
    private final UserModel user;

    /** Takes the user, of the session's realm. */
    public SecondFactorOptions(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
    }

    /** All options, whether or not a flow accepts them: the highest rank first, then in the order of the account console. */
    public List<SecondFactorOption> all() {
        return new SecondFactorCredentials(session)
                .described(user).stream()
                        // the metadata of Keycloak contain no disabled action
                        .filter(type -> type.getCreateAction() != null)
                        .sorted()
                        .map(SecondFactorOption::of)
                        .sorted(FactorRanks.of(session.getContext().getRealm()).highestFirst())
                        .toList();
    }

    /** The options of these types, as {@link AcceptedCredentialTypes} returns them. */
    public List<SecondFactorOption> of(Set<String> types) {
        return all().stream().filter(factor -> types.contains(factor.type())).toList();
    }

    /** The option that an action creates, by the id of the action's provider. */
    public Optional<SecondFactorOption> madeBy(String action) {
        return all().stream().filter(factor -> factor.action().equals(action)).findFirst();
    }
}
