package io.github.backupcodes.flow;

import io.github.backupcodes.support.CredentialTypes;
import java.util.Map;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.authenticators.conditional.ConditionalLoaAuthenticatorFactory;
import org.keycloak.authentication.authenticators.util.LoAUtil;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Finds the level of authentication (LoA) of backup codes in a flow with step-up authentication: the highest level at
 * which the flow accepts one. Keycloak's {@link LoAUtil} considers one type per authenticator, so it misses
 * authenticators that accept a code beside another credential.
 */
public final class BackupCodeLoa {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AuthenticationFlowModel flow;

    /** Takes the flow that users sign in with. */
    public BackupCodeLoa(KeycloakSession session, RealmModel realm, AuthenticationFlowModel flow) {
        this.session = session;
        this.realm = realm;
        this.flow = flow;
    }

    /** The level; {@link Constants#NO_LOA} if the flow has no levels or accepts no codes. */
    public int needed() {
        return Math.max(knownToKeycloak(), highestIn(flow.getId(), Constants.NO_LOA));
    }

    /** Whether Keycloak knows this level too, and enforces it where it requires levels. */
    public boolean isKnownToKeycloak() {
        return knownToKeycloak() >= needed();
    }

    /** The credential type to pass where Keycloak finds the level by a type: ours, or one with the same level. */
    public String credentialType() {
        if (isKnownToKeycloak()) {
            return CredentialTypes.BACKUP_CODES;
        }
        int needed = needed();
        return levels().entrySet().stream()
                .filter(type -> type.getValue() == needed)
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .orElse(CredentialTypes.BACKUP_CODES);
    }

    private int knownToKeycloak() {
        return levels().getOrDefault(CredentialTypes.BACKUP_CODES, Constants.NO_LOA);
    }

    private Map<String, Integer> levels() {
        return LoAUtil.getCredentialTypesToLoAMap(session, realm, flow);
    }

    /** Walks through a flow as Keycloak does: a condition applies to the executions after it in its sub-flow. */
    private int highestIn(String flowId, int levelBefore) {
        int level = levelBefore;
        int highest = Constants.NO_LOA;
        for (AuthenticationExecutionModel execution :
                realm.getAuthenticationExecutionsStream(flowId).toList()) {
            if (!execution.isEnabled()) {
                continue;
            }
            if (execution.isAuthenticatorFlow()) {
                highest = Math.max(highest, highestIn(execution.getFlowId(), level));
            } else if (ConditionalLoaAuthenticatorFactory.PROVIDER_ID.equals(execution.getAuthenticator())) {
                level = levelOf(execution, level);
            } else if (acceptsCodes(session, execution)) {
                highest = Math.max(highest, level);
            }
        }
        return highest;
    }

    private int levelOf(AuthenticationExecutionModel condition, int inherited) {
        AuthenticatorConfigModel config = condition.getAuthenticatorConfig() == null
                ? null
                : realm.getAuthenticatorConfigById(condition.getAuthenticatorConfig());
        Integer level = config == null ? null : LoAUtil.getLevelFromLoaConditionConfiguration(config);
        return level == null ? inherited : level;
    }

    /** Whether an execution accepts a backup code, alone or beside another credential. */
    static boolean acceptsCodes(KeycloakSession session, AuthenticationExecutionModel execution) {
        AuthenticatorFactory factory = (AuthenticatorFactory) session.getKeycloakSessionFactory()
                .getProviderFactory(Authenticator.class, execution.getAuthenticator());
        return factory != null
                && (CredentialTypes.BACKUP_CODES.equals(factory.getReferenceCategory())
                        || factory.getOptionalReferenceCategories(session).contains(CredentialTypes.BACKUP_CODES));
    }
}
