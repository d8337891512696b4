package io.github.backupcodes.admin.setup;

import io.github.backupcodes.signin.BackupCodeFormAuthenticatorFactory;
import io.github.backupcodes.signin.LostFactorsAuthenticator;
import io.github.backupcodes.signin.SmsCodeFormAuthenticatorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keycloak.authentication.AuthenticationFlow;
import org.keycloak.authentication.authenticators.browser.OTPFormAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.WebAuthnAuthenticatorFactory;
import org.keycloak.authentication.authenticators.conditional.ConditionalUserConfiguredAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.RealmModel;

/**
 * Creates the sub-flow of a reset that requests the second factors of the sign-in, or a code, and shows other users who
 * can help.
 */
final class ResetCredentialsSubFlow {

    private final RealmModel realm;
    private final SetupOptions options;
    private final FlowEditor editor;

    ResetCredentialsSubFlow(RealmModel realm, SetupOptions options) {
        this.realm = realm;
        this.options = options;
        this.editor = new FlowEditor(realm, "");
    }

    /** The authenticators, in the order in which they are offered. */
    List<String> authenticators() {
        String codes = FormFlowChange.authenticator(options);
        List<String> authenticators = new ArrayList<>();
        if (codes.equals(BackupCodeFormAuthenticatorFactory.ID)) {
            authenticators.add(OTPFormAuthenticatorFactory.PROVIDER_ID);
        }
        if (editor.enabled(realm.getBrowserFlow().getId())
                .anyMatch(execution -> WebAuthnAuthenticatorFactory.PROVIDER_ID.equals(execution.getAuthenticator()))) {
            authenticators.add(WebAuthnAuthenticatorFactory.PROVIDER_ID);
        }
        if (options.addsSmsCode()) {
            authenticators.add(SmsCodeFormAuthenticatorFactory.ID);
        }
        authenticators.add(codes);
        if (options.addsLostPage()) {
            authenticators.add(LostFactorsAuthenticator.ID);
        }
        return authenticators;
    }

    /** Creates the sub-flow, which is not yet part of any flow. */
    AuthenticationFlowModel create(String alias) {
        AuthenticationFlowModel subFlow = new AuthenticationFlowModel();
        subFlow.setAlias(alias);
        subFlow.setDescription("The second factor or a backup code, before the new password");
        subFlow.setProviderId(AuthenticationFlow.BASIC_FLOW);
        subFlow.setTopLevel(false);
        subFlow.setBuiltIn(false);
        AuthenticationFlowModel created = realm.addAuthenticationFlow(subFlow);
        fill(created);
        return created;
    }

    private void fill(AuthenticationFlowModel subFlow) {
        editor.insert(
                subFlow.getId(), ConditionalUserConfiguredAuthenticatorFactory.PROVIDER_ID, Requirement.REQUIRED, 0);
        int priority = 0;
        for (String authenticator : authenticators()) {
            priority += FlowEditor.STEP;
            AuthenticationExecutionModel added =
                    editor.insert(subFlow.getId(), authenticator, Requirement.ALTERNATIVE, priority);
            if (options.resetsWithSecondFactorOnly() && FormFlowChange.CODE_FORM_IDS.contains(authenticator)) {
                requestWithoutSecondFactor(added);
            }
        }
    }

    /** Makes the form request codes without a second factor, so that a temporary code lets in a user who has none. */
    void requestWithoutSecondFactor(AuthenticationExecutionModel form) {
        AuthenticatorConfigModel config = new AuthenticatorConfigModel();
        config.setAlias(form.getId());
        config.setConfig(Map.of(BackupCodeFormAuthenticatorFactory.ASK_WITHOUT_SECOND_FACTOR, String.valueOf(true)));
        form.setAuthenticatorConfig(realm.addAuthenticatorConfig(config).getId());
        realm.updateAuthenticatorExecution(form);
    }
}
