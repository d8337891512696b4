package io.github.backupcodes.flow;

import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Whether a flow asks for backup codes also those users who have no second factor beside them. */
public final class CodesWithoutSecondFactor {

    /** The setting of an execution that accepts codes. */
    public static final String SETTING = "ask-without-second-factor";

    /** The id of the authenticator for direct grants, which is required where it takes the place of the check of the OTP. */
    public static final String DIRECT_GRANT = "direct-grant-backup-code";

    private final AcceptedCredentialTypes accepted;
    private final RealmModel realm;

    /** Takes the realm of the flow. */
    public CodesWithoutSecondFactor(KeycloakSession session, RealmModel realm) {
        this.accepted = new AcceptedCredentialTypes(session, realm);
        this.realm = realm;
    }

    /** Whether an enabled execution of the flow, or of its sub-flows, does. */
    public boolean areRequestedBy(AuthenticationFlowModel flow) {
        return new FlowExecutions(realm)
                .enabled(flow.getId()).stream()
                        .filter(accepted::includesCodes)
                        .anyMatch(this::isAskedAlone);
    }

    /** Whether some flow of the realm does, of any kind: also those after an identity provider or before a new password. */
    public boolean areRequestedByAny() {
        return realm.getAuthenticationFlowsStream().anyMatch(this::areRequestedBy);
    }

    private boolean isAskedAlone(AuthenticationExecutionModel execution) {
        AuthenticatorConfigModel config = execution.getAuthenticatorConfig() == null
                ? null
                : realm.getAuthenticatorConfigById(execution.getAuthenticatorConfig());
        return (execution.isRequired() && !DIRECT_GRANT.equals(execution.getAuthenticator()))
                || (config != null && Boolean.parseBoolean(config.getConfig().get(SETTING)));
    }
}
