package io.github.backupcodes.signin;

import io.github.backupcodes.credential.TemporaryCode;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.credential.verify.SignInChannel;
import io.github.backupcodes.flow.AcceptedCredentialTypes;
import io.github.backupcodes.flow.CodesWithoutSecondFactor;
import io.github.backupcodes.flow.CurrentFlow;
import io.github.backupcodes.flow.SecondFactorCredentials;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Checks whether a sign-in requests a backup code of a user. It does if there is a set, or Keycloak's recovery codes that the realm
 * accepts, beside a real second factor. Codes without a second factor are requested only if the administrator wants that, by the
 * setting {@link #WITHOUT_SECOND_FACTOR} of the execution or by making the execution required. A temporary code needs neither a set
 * nor a second factor.
 *
 * <p>If a flow finds nothing that is set up, Keycloak lets the user in by the password alone. So codes that are requested without a
 * second factor are requested in every state: used up, expired, paused, disabled, unreadable. A user without codes that work needs a
 * temporary code.
 */
final class CodeLoginEligibility {

    /** The setting of the execution. */
    static final String WITHOUT_SECOND_FACTOR = CodesWithoutSecondFactor.SETTING;

    /** Attribute of the session with the answer of this request. */
    private static final String FOUND = "backup-codes.second-factor-that-counts:";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final CurrentFlow flow;

    /** The setting in the admin console. */
    static ProviderConfigProperty setting() {
        ProviderConfigProperty alone = new ProviderConfigProperty();
        alone.setName(WITHOUT_SECOND_FACTOR);
        alone.setLabel("Ask users without a second factor");
        alone.setHelpText("Whether users who have backup codes, but neither an authenticator app nor another second"
                + " factor, are asked for a backup code at every sign-in.");
        alone.setType(ProviderConfigProperty.BOOLEAN_TYPE);
        alone.setDefaultValue(false);
        return alone;
    }

    /** In the flow that is running. */
    CodeLoginEligibility(KeycloakSession session, RealmModel realm) {
        this(session, realm, CurrentFlow.of(session, realm));
    }

    /** In a flow. */
    CodeLoginEligibility(KeycloakSession session, RealmModel realm, CurrentFlow flow) {
        this.session = session;
        this.realm = realm;
        this.flow = flow;
    }

    /** The user of the sign-in that the session serves; empty if it has none yet. */
    static Optional<UserModel> userOfLogin(KeycloakSession session) {
        return Optional.ofNullable(session.getContext().getAuthenticationSession())
                .map(AuthenticationSessionModel::getAuthenticatedUser);
    }

    boolean appliesTo(UserModel user, SignInChannel channel) {
        UserBackupCodes codes = UserBackupCodes.of(session, user);
        return ((codes.hasSet() || codes.hasKeycloakRecoveryCodes()) && hasSecondFactorThatCounts(user))
                || (areRequestedWithoutSecondFactor() && codes.haveBeenGenerated())
                || (channel == SignInChannel.BROWSER && isTemporaryCodeRequested(codes.temporary(), user));
    }

    /**
     * A temporary code is requested until it expires, because failed attempts must not change that. Once it has expired its user is
     * shown that, but is not kept out if the password alone was enough before it was issued.
     */
    private boolean isTemporaryCodeRequested(TemporaryCode issued, UserModel user) {
        return issued.isAwaited() || (issued.isUnused() && hasSecondFactorThatCounts(user));
    }

    /**
     * In a sign-in a second factor counts only if the flow accepts it; otherwise codes would be the only way every time. A new password
     * or a linked identity provider is rare, and must not be easier to get than a sign-in: there any second factor that the realm
     * accepts counts (keycloak issue 39447; OWASP ASVS 5.0, 6.3.4, 6.4.4).
     */
    private boolean hasSecondFactorThatCounts(UserModel user) {
        // Keycloak calls this three or four times in a request
        String attribute = FOUND
                + user.getId()
                + flow.signIn()
                + flow.flows().stream().map(AuthenticationFlowModel::getId).toList();
        Boolean found = session.getAttribute(attribute, Boolean.class);
        if (found == null) {
            found = new SecondFactorCredentials(session).has(user, acceptedTypes());
            session.setAttribute(attribute, found);
        }
        return found;
    }

    private Set<String> acceptedTypes() {
        AcceptedCredentialTypes accepted = new AcceptedCredentialTypes(session, realm);
        if (!flow.signIn()) {
            return accepted.ofAllFlows();
        }
        Set<String> types = new HashSet<>();
        flow.flows().forEach(running -> types.addAll(accepted.of(running)));
        return types;
    }

    private boolean areRequestedWithoutSecondFactor() {
        CodesWithoutSecondFactor alone = new CodesWithoutSecondFactor(session, realm);
        return flow.flows().stream().anyMatch(alone::areRequestedBy);
    }
}
