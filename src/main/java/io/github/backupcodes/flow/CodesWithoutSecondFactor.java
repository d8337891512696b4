package io.github.backupcodes.flow;

import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Checks whether a flow requests backup codes also of users who have no second factor. */
public final class CodesWithoutSecondFactor {

    /** The setting of an execution that accepts codes. */
    public static final String SETTING = "ask-without-second-factor";

    /** The id of the authenticator for direct grants, which is required if it replaces the OTP check. */
    public static final String DIRECT_GRANT = "direct-grant-backup-code";

    private final AcceptedCredentialTypes accepted;
    private final RealmModel realm;

    /** Takes the realm of the flow. */
    public CodesWithoutSecondFactor(KeycloakSession session, RealmModel realm) {
        this.accepted = new AcceptedCredentialTypes(session, realm);
        this.realm = realm;
    }

    /** Whether an enabled execution of the flow, or of its sub-flows, does so. */
    public boolean areRequestedBy(AuthenticationFlowModel flow) {
        return new FlowExecutions(realm)
                .enabled(flow.getId()).stream()
                        .filter(accepted::includesCodes)
                        .anyMatch(this::isRequestedWithoutSecondFactor);
    }

    /**
     * Whether any flow of the realm does so, including those after an identity provider or for resetting the password.
     */
    public boolean areRequestedByAny() {
        return realm.getAuthenticationFlowsStream().anyMatch(this::areRequestedBy);
    }

    private boolean isRequestedWithoutSecondFactor(AuthenticationExecutionModel execution) {
        AuthenticatorConfigModel config = execution.getAuthenticatorConfig() == null
                ? null
                : realm.getAuthenticatorConfigById(execution.getAuthenticatorConfig());
        return (execution.isRequired() && !DIRECT_GRANT.equals(execution.getAuthenticator()))
                || (config != null && Boolean.parseBoolean(config.getConfig().get(SETTING)));
    }
}
