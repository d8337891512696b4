package io.github.backupcodes.admin.setup;

import java.util.List;
import java.util.Set;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.OTPFormAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.WebAuthnAuthenticatorFactory;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticatorFactory;
import org.keycloak.authentication.authenticators.conditional.ConditionalUserConfiguredAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Finds the sub-flows that request a second factor on a page, and what is in them. */
final class SecondFactorSubFlows {

    /** The ids of Keycloak's forms for second factors. */
    static final Set<String> KEYCLOAK_FORM_IDS =
            Set.of(OTPFormAuthenticatorFactory.PROVIDER_ID, WebAuthnAuthenticatorFactory.PROVIDER_ID);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final FlowEditor editor;

    SecondFactorSubFlows(KeycloakSession session, RealmModel realm, FlowEditor editor) {
        this.session = session;
        this.realm = realm;
        this.editor = editor;
    }

    /** The sub-flows of a flow that have an enabled execution of one of these authenticators. */
    List<String> with(Set<String> authenticators, String flowId) {
        return editor.enabled(flowId)
                .filter(execution -> FlowEditor.isOneOf(authenticators, execution))
                .map(AuthenticationExecutionModel::getParentFlow)
                .distinct()
                .toList();
    }

    /** The enabled executions in a sub-flow that request a credential, without the conditions. */
    List<AuthenticationExecutionModel> factors(String subFlow) {
        return realm.getAuthenticationExecutionsStream(subFlow)
                .filter(AuthenticationExecutionModel::isEnabled)
                .filter(execution -> execution.isAuthenticatorFlow() || !isCondition(execution))
                .toList();
    }

    /** Whether users who have set up nothing of what is in the sub-flow pass without it. */
    boolean isSkippedByUsersWithoutFactor(String subFlow) {
        return realm.getAuthenticationExecutionsStream(subFlow)
                .filter(AuthenticationExecutionModel::isEnabled)
                .anyMatch(execution ->
                        ConditionalUserConfiguredAuthenticatorFactory.PROVIDER_ID.equals(execution.getAuthenticator()));
    }

    /** Whether a sub-flow has no enabled condition: Keycloak skips such a sub-flow if it is conditional. */
    boolean isWithoutCondition(String subFlow) {
        return realm.getAuthenticationExecutionsStream(subFlow)
                .filter(AuthenticationExecutionModel::isEnabled)
                .noneMatch(execution -> !execution.isAuthenticatorFlow() && isCondition(execution));
    }

    private boolean isCondition(AuthenticationExecutionModel execution) {
        return session.getKeycloakSessionFactory().getProviderFactory(Authenticator.class, execution.getAuthenticator())
                instanceof ConditionalAuthenticatorFactory;
    }
}
