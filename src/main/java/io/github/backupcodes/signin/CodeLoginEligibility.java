package io.github.backupcodes.signin;

import io.github.backupcodes.credential.BackupCodesCredentialProvider;
import io.github.backupcodes.credential.TemporaryCode;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.flow.AcceptedCredentialTypes;
import io.github.backupcodes.flow.CodesWithoutSecondFactor;
import io.github.backupcodes.flow.CurrentFlow;
import io.github.backupcodes.flow.SecondFactorCredentials;
import java.util.HashSet;
import java.util.Set;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Whether a user is offered to type a backup code: there is a set, or recovery codes of Keycloak's that the realm accepts, and
 * it stands beside a real second factor. Codes alone
 * are asked for only where the administrator wants that, by the setting {@link #WITHOUT_SECOND_FACTOR} of the execution
 * or by making the execution required. A code that an administrator has issued needs neither set nor second factor.
 *
 * <p>Keycloak lets the password in alone where a flow finds nothing set up. So codes that are asked for alone are asked for
 * whatever state they are in: used up, expired, paused, disabled, unreadable. A user who has none that works needs a code of
 * the help desk.
 */
final class CodeLoginEligibility {

    /** The setting of the execution. */
    static final String WITHOUT_SECOND_FACTOR = CodesWithoutSecondFactor.SETTING;

    /** Attribute of the session: what was found in this request. */
    private static final String FOUND = "backup-codes.second-factor-that-counts:";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final CurrentFlow flow;

    /** How the admin console shows the setting. */
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

    boolean appliesTo(UserModel user) {
        UserBackupCodes codes = BackupCodesCredentialProvider.of(session).codes(user);
        return appliesWithoutPages(user) || isHelpedOut(codes.temporary(), user);
    }

    /** The same where no page can follow: the code that an administrator has issued is none there. */
    boolean appliesWithoutPages(UserModel user) {
        UserBackupCodes codes = BackupCodesCredentialProvider.of(session).codes(user);
        return ((codes.hasSet() || codes.hasKeycloakRecoveryCodes()) && hasSecondFactorThatCounts(user))
                || (areRequestedWithoutSecondFactor() && codes.haveBeenGenerated());
    }

    /**
     * A code that an administrator has issued is asked for as long as it lives, for wrong codes must not take it away. Once its life is over its user is told so, but
     * not kept out where the password alone was enough before it was issued.
     */
    private boolean isHelpedOut(TemporaryCode issued, UserModel user) {
        return issued.isAwaited() || (issued.isUnused() && hasSecondFactorThatCounts(user));
    }

    /**
     * In a sign-in a second factor that the flow does not accept would leave the codes as the only way, time after time. A new
     * password or a linked identity provider is rare, and must not be easier to get than a sign-in: there any second factor
     * that the realm accepts counts (keycloak issue 39447; OWASP ASVS 5.0, 6.3.4, 6.4.4).
     */
    private boolean hasSecondFactorThatCounts(UserModel user) {
        // Keycloak asks three or four times in a request
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
