package io.github.backupcodes.flow;

import io.github.backupcodes.support.CredentialTypes;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
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
        return Math.max(knownToKeycloak(), highestInFlow());
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

    /** As Keycloak runs a flow: a condition applies to what comes after it in its sub-flow. */
    private int highestInFlow() {
        AcceptedCredentialTypes accepted = new AcceptedCredentialTypes(session, realm);
        AtomicInteger highest = new AtomicInteger(Constants.NO_LOA);
        new FlowExecutions(realm).forEachEnabled(flow.getId(), (execution, previous) -> {
            if (accepted.includesCodes(execution)) {
                highest.accumulateAndGet(levelAfter(previous), Math::max);
            }
        });
        return highest.get();
    }

    private int levelAfter(FlowExecutions.@Nullable Predecessor last) {
        for (FlowExecutions.Predecessor before = last; before != null; before = before.previous()) {
            Integer level = levelOf(before.execution());
            if (level != null) {
                return level;
            }
        }
        return Constants.NO_LOA;
    }

    private @Nullable Integer levelOf(AuthenticationExecutionModel condition) {
        if (!ConditionalLoaAuthenticatorFactory.PROVIDER_ID.equals(condition.getAuthenticator())
                || condition.getAuthenticatorConfig() == null) {
            return null;
        }
        AuthenticatorConfigModel config = realm.getAuthenticatorConfigById(condition.getAuthenticatorConfig());
        return config == null ? null : LoAUtil.getLevelFromLoaConditionConfiguration(config);
    }
}
