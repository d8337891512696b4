package io.github.backupcodes.enrollment;

import io.github.backupcodes.credential.AskedAlone;
import io.github.backupcodes.credential.BackupCodesCredentialModel;
import io.github.backupcodes.credential.SecondFactors;
import io.github.backupcodes.signin.AcceptedTypes;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What a sign-in, or the session that it goes on with, rests on besides the password. Where a flow did not ask for the second
 * factor that its user has, as that of a client with a flow of its own, the password alone must not bring codes that pass
 * elsewhere (NIST SP 800-63B-4, 3.1.2).
 */
final class Proof {

    /** Whether the user had anything stronger than the password when the session began. */
    private static final String NOTE = "backup-codes.nothing-stronger";

    private final RequiredActionContext context;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final AuthenticationSessionModel signIn;

    Proof(RequiredActionContext context) {
        this.context = context;
        this.session = context.getSession();
        this.realm = context.getRealm();
        this.signIn = context.getAuthenticationSession();
    }

    /** Before anything is set up in the sign-in: takes note of what there was. */
    void mark() {
        if (!AuthenticatorUtil.isSSOAuthentication(signIn)
                && !signIn.getUserSessionNotes().containsKey(NOTE)) {
            signIn.setUserSessionNote(NOTE, String.valueOf(!isAskedAnywhere()));
        }
    }

    /**
     * Whether it suffices: a second factor, a passkey or a code was used; or there was none when the session began, as when a
     * new user sets everything up; or no flow asks for what the user has.
     *
     * @param found the session that the sign-in goes on with; null for a new one
     */
    boolean suffices(@Nullable UserSessionModel found) {
        return !isAskedAnywhere()
                || notes(NOTE, found).anyMatch(Boolean::parseBoolean)
                || AuthenticatorUtil.getAuthnCredentials(signIn).stream().anyMatch(strong()::contains)
                || completed(found).anyMatch(strong()::contains);
    }

    /** Whether the flow of the realm, or that of this client, asks this user for more than the password. */
    boolean isAskedAnywhere() {
        UserModel user = context.getUser();
        SecondFactors factors = new SecondFactors(session);
        if (!factors.has(user)) {
            // most users: no flow has to be looked at
            return areCodesAskedAlone();
        }
        AcceptedTypes accepted = new AcceptedTypes(session, realm);
        Set<String> types = new HashSet<>();
        flows().forEach(flow -> types.addAll(accepted.of(flow)));
        return factors.has(user, types::contains) || areCodesAskedAlone();
    }

    /** Whether codes that the user has are asked for though there is no second factor beside them. */
    boolean areCodesAskedAlone() {
        return new SignInStrength(context).hasCode() && flows().anyMatch(new AskedAlone(session, realm)::by);
    }

    private Stream<AuthenticationFlowModel> flows() {
        return Stream.of(realm.getBrowserFlow(), AuthenticationFlowResolver.resolveBrowserFlow(signIn));
    }

    private Set<String> strong() {
        Set<String> types = new HashSet<>(new SecondFactors(session).types());
        types.add(WebAuthnCredentialModel.TYPE_PASSWORDLESS);
        types.add(BackupCodesCredentialModel.TYPE);
        types.add(RecoveryAuthnCodesCredentialModel.TYPE);
        return types;
    }

    /** The types of the executions that were completed, which Keycloak notes for the claim {@code amr}. */
    private Stream<String> completed(@Nullable UserSessionModel found) {
        AcceptedTypes types = new AcceptedTypes(session, realm);
        return notes(Constants.AUTHENTICATORS_COMPLETED, found)
                .flatMap(note -> AuthenticatorUtils.parseCompletedExecutions(note).keySet().stream())
                .map(realm::getAuthenticationExecutionById)
                .filter(execution -> execution != null && execution.getAuthenticator() != null)
                .flatMap(types::of);
    }

    private Stream<String> notes(String name, @Nullable UserSessionModel found) {
        return Stream.concat(
                Stream.ofNullable(signIn.getUserSessionNotes().get(name)),
                Stream.ofNullable(found == null ? null : found.getNote(name)));
    }
}
