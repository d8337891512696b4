package io.github.backupcodes.signin;

import io.github.backupcodes.credential.BackupCodes;
import io.github.backupcodes.credential.BackupCodesCredentialProvider;
import io.github.backupcodes.credential.SecondFactors;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whether a user is offered to type a backup code: there is a set, or recovery codes of Keycloak's that the realm accepts, and
 * it stands beside a real second factor. Codes alone
 * are asked for only where the administrator wants that, by the setting {@link #WITHOUT_SECOND_FACTOR} of the execution
 * or by making the execution required.
 */
final class Offer {

    /** The setting of the execution. */
    static final String WITHOUT_SECOND_FACTOR = "ask-without-second-factor";

    private final KeycloakSession session;
    private final RealmModel realm;

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

    Offer(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    boolean appliesTo(UserModel user) {
        BackupCodes codes = BackupCodesCredentialProvider.of(session).codes(user);
        return (codes.exist() || codes.includeRecoveryCodes())
                && (hasSecondFactorForTheFlow(user) || askedOnTheirOwn());
    }

    /** A second factor that the flow does not accept would leave the codes as the only way. */
    private boolean hasSecondFactorForTheFlow(UserModel user) {
        AcceptedTypes accepted = new AcceptedTypes(session, realm);
        Set<String> types = flows().flatMap(flow -> accepted.of(flow).stream()).collect(Collectors.toSet());
        return new SecondFactors(session).has(user, types::contains);
    }

    private boolean askedOnTheirOwn() {
        return flows().flatMap(this::executions)
                .anyMatch(execution -> execution.isRequired() || isAskedWithoutSecondFactor(execution));
    }

    private Stream<AuthenticationExecutionModel> executions(AuthenticationFlowModel flow) {
        return Stream.of(BackupCodeFormFactory.ID, OtpOrBackupCodeFormFactory.ID)
                .flatMap(id -> AuthenticatorUtil.getExecutionsByType(realm, flow.getId(), id).stream());
    }

    private boolean isAskedWithoutSecondFactor(AuthenticationExecutionModel execution) {
        AuthenticatorConfigModel config = execution.getAuthenticatorConfig() == null
                ? null
                : realm.getAuthenticatorConfigById(execution.getAuthenticatorConfig());
        return config != null
                && Boolean.parseBoolean(config.getConfig().get(WITHOUT_SECOND_FACTOR))
                && execution.isEnabled();
    }

    /** Keycloak does not say which execution is asked about: the flow that is running narrows it down. */
    private Stream<AuthenticationFlowModel> flows() {
        AuthenticationSessionModel running = session.getContext().getAuthenticationSession();
        if (running == null
                || !LoginActionsService.AUTHENTICATE_PATH.equals(
                        running.getAuthNote(AuthenticationProcessor.CURRENT_FLOW_PATH))) {
            List<AuthenticationFlowModel> all = realm.getAuthenticationFlowsStream()
                    .filter(AuthenticationFlowModel::isTopLevel)
                    .toList();
            return all.stream();
        }
        return Stream.of(AuthenticationFlowResolver.resolveBrowserFlow(running));
    }
}
