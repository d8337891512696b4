package io.github.backupcodes.signin;

import io.github.backupcodes.credential.BackupCodesCredentialProvider;
import io.github.backupcodes.credential.SecondFactors;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Whether a user is offered to type a backup code: there is a set, and it stands beside a real second factor. Codes alone
 * are asked for only where the administrator wants that, by the setting {@link #WITHOUT_SECOND_FACTOR} of the execution
 * or by making the execution required.
 */
final class Offer {

    /** The setting of the execution. */
    static final String WITHOUT_SECOND_FACTOR = "ask-without-second-factor";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RunningFlow flow;

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
    Offer(KeycloakSession session, RealmModel realm) {
        this(session, realm, RunningFlow.of(session, realm));
    }

    /** In a flow. */
    Offer(KeycloakSession session, RealmModel realm, RunningFlow flow) {
        this.session = session;
        this.realm = realm;
        this.flow = flow;
    }

    boolean appliesTo(UserModel user) {
        return BackupCodesCredentialProvider.of(session).codes(user).exist()
                && (hasSecondFactorThatCounts(user) || askedOnTheirOwn());
    }

    /**
     * In a sign-in a second factor that the flow does not accept would leave the codes as the only way, time after time. A new
     * password or a linked identity provider is rare, and must not be easier to get than a sign-in: there any second factor
     * that the realm accepts counts (keycloak issue 39447; OWASP ASVS 5.0, 6.3.4, 6.4.4).
     */
    private boolean hasSecondFactorThatCounts(UserModel user) {
        AcceptedTypes accepted = new AcceptedTypes(session, realm);
        Set<String> types = flow.signIn()
                ? flow.flows().stream()
                        .flatMap(running -> accepted.of(running).stream())
                        .collect(Collectors.toSet())
                : accepted.ofAllFlows();
        return new SecondFactors(session).has(user, types::contains);
    }

    private boolean askedOnTheirOwn() {
        return flow.flows().stream()
                .flatMap(this::executions)
                .anyMatch(execution -> isRequiredForm(execution) || isAskedWithoutSecondFactor(execution));
    }

    private Stream<AuthenticationExecutionModel> executions(AuthenticationFlowModel running) {
        return Stream.of(BackupCodeFormFactory.ID, OtpOrBackupCodeFormFactory.ID, DirectGrantBackupCode.ID)
                .flatMap(id -> AuthenticatorUtil.getExecutionsByType(realm, running.getId(), id).stream());
    }

    /** Where it takes the place of Keycloak's check of the OTP, the authenticator of the direct grant is always required. */
    private static boolean isRequiredForm(AuthenticationExecutionModel execution) {
        return execution.isRequired() && !DirectGrantBackupCode.ID.equals(execution.getAuthenticator());
    }

    private boolean isAskedWithoutSecondFactor(AuthenticationExecutionModel execution) {
        AuthenticatorConfigModel config = execution.getAuthenticatorConfig() == null
                ? null
                : realm.getAuthenticatorConfigById(execution.getAuthenticatorConfig());
        return config != null
                && Boolean.parseBoolean(config.getConfig().get(WITHOUT_SECOND_FACTOR))
                && execution.isEnabled();
    }
}
