package io.github.backupcodes.admin.setup;

import io.github.backupcodes.signin.BackupCodeFormAuthenticatorFactory;
import io.github.backupcodes.signin.LostFactorsAuthenticator;
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

/** The part of a reset that asks for the second factors of the sign-in, or a code, and tells the others who helps. */
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
        List<String> ways = new ArrayList<>();
        if (codes.equals(BackupCodeFormAuthenticatorFactory.ID)) {
            ways.add(OTPFormAuthenticatorFactory.PROVIDER_ID);
        }
        if (editor.enabled(realm.getBrowserFlow().getId())
                .anyMatch(execution -> WebAuthnAuthenticatorFactory.PROVIDER_ID.equals(execution.getAuthenticator()))) {
            ways.add(WebAuthnAuthenticatorFactory.PROVIDER_ID);
        }
        ways.add(codes);
        ways.add(LostFactorsAuthenticator.ID);
        return ways;
    }

    /** Makes it, yet without a place in any flow. */
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
        for (String way : authenticators()) {
            priority += FlowEditor.STEP;
            AuthenticationExecutionModel added = editor.insert(subFlow.getId(), way, Requirement.ALTERNATIVE, priority);
            if (options.resetsWithSecondFactorOnly() && FormFlowChange.OURS.contains(way)) {
                askOnItsOwn(added);
            }
        }
    }

    /** A code of the help desk is to let in a user who has no second factor. */
    void askOnItsOwn(AuthenticationExecutionModel form) {
        AuthenticatorConfigModel config = new AuthenticatorConfigModel();
        config.setAlias(form.getId());
        config.setConfig(Map.of(BackupCodeFormAuthenticatorFactory.ASK_WITHOUT_SECOND_FACTOR, String.valueOf(true)));
        form.setAuthenticatorConfig(realm.addAuthenticatorConfig(config).getId());
        realm.updateAuthenticatorExecution(form);
    }
}
