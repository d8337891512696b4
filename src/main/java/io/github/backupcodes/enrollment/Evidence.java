package io.github.backupcodes.enrollment;

import io.github.backupcodes.credential.SecondFactors;
import io.github.backupcodes.signin.AcceptedTypes;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What somebody has shown that is worth more than the password: a second factor, a passkey or a code, of ours or of
 * Keycloak's. The one notion of that, wherever a sign-in is judged by what it used.
 */
final class Evidence {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AuthenticationSessionModel signIn;

    Evidence(RequiredActionContext context) {
        this.session = context.getSession();
        this.realm = context.getRealm();
        this.signIn = context.getAuthenticationSession();
    }

    /** Whether there is some in this sign-in. */
    boolean isThere() {
        return isThere(null);
    }

    /**
     * Whether there is some in this sign-in, or in the session that it goes on with.
     *
     * @param found that session; null for a new one
     */
    boolean isThere(@Nullable UserSessionModel found) {
        Set<String> strong = new SecondFactors(session).strongTypes();
        return Stream.concat(AuthenticatorUtil.getAuthnCredentials(signIn).stream(), completed(found))
                .anyMatch(strong::contains);
    }

    /** The types of the executions that were completed, which Keycloak notes for the claim {@code amr}. */
    private Stream<String> completed(@Nullable UserSessionModel found) {
        AcceptedTypes types = new AcceptedTypes(session, realm);
        return Stream.concat(
                        Stream.ofNullable(signIn.getUserSessionNotes().get(Constants.AUTHENTICATORS_COMPLETED)),
                        Stream.ofNullable(found == null ? null : found.getNote(Constants.AUTHENTICATORS_COMPLETED)))
                .flatMap(note -> AuthenticatorUtils.parseCompletedExecutions(note).keySet().stream())
                .map(realm::getAuthenticationExecutionById)
                .filter(execution -> execution != null && execution.getAuthenticator() != null)
                .flatMap(execution -> types.of(execution).stream());
    }
}
