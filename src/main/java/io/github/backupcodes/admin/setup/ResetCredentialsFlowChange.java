package io.github.backupcodes.admin.setup;

import io.github.backupcodes.signin.BackupCodeFormAuthenticatorFactory;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.authenticators.conditional.ConditionalUserConfiguredAuthenticatorFactory;
import org.keycloak.authentication.authenticators.resetcred.ResetCredentialEmail;
import org.keycloak.authentication.authenticators.resetcred.ResetOTP;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Changes a flow that resets passwords: users who came by the link in the mail must enter the second factor or a backup
 * code before the new password, and the OTP is no longer replaced after an e-mail alone (keycloak issue 39447). Users
 * who have lost both are shown who can help.
 */
final class ResetCredentialsFlowChange implements FlowChange {

    private static final String NAME = " - Second factor";

    private final RealmModel realm;
    private final AuthenticationFlowModel flow;
    private final SetupOptions options;
    private final FlowEditor editor;
    private final LostPage lostPage;
    private final VerificationCodeFlowChanges sentCodes;

    ResetCredentialsFlowChange(
            KeycloakSession session,
            RealmModel realm,
            AuthenticationFlowModel flow,
            SetupOptions options,
            String prefix) {
        this.realm = realm;
        this.flow = flow;
        this.options = options;
        this.editor = new FlowEditor(realm, prefix);
        this.lostPage = new LostPage(realm, flow, editor, options);
        // never codes by e-mail: the mail has brought the user here
        this.sentCodes = new VerificationCodeFlowChanges(
                session, realm, flow, prefix, options.addsSmsCode() ? List.of(VerificationCodeForm.SMS) : List.of());
    }

    @Override
    public Optional<String> deficiency() {
        if (!acceptsCodes()) {
            return Optional.of(NO_CODES);
        }
        if (subFlowToRequire().isPresent()) {
            return Optional.of("lets users without second factor and code pass");
        }
        return lostPage.isMissing() ? Optional.of(NO_LOST_PAGE) : sentCodes.deficiency();
    }

    @Override
    public Optional<String> obstacle() {
        return acceptsCodes() || email().isPresent()
                ? Optional.empty()
                : Optional.of("flow \"%s\" has no %s at its top level: add the second factors and %s after the mail"
                        .formatted(
                                flow.getAlias(),
                                ResetCredentialEmail.PROVIDER_ID,
                                BackupCodeFormAuthenticatorFactory.ID));
    }

    @Override
    public void apply(SetupRecorder recorder) {
        if (acceptsCodes()) {
            subFlowToRequire().ifPresent(subFlow -> require(recorder, subFlow));
            lostPage.addWhereMissing(recorder);
            sentCodes.apply(recorder);
            return;
        }
        addSubFlow(recorder, email().orElseThrow());
        resetOtp().forEach(execution -> disable(recorder, execution));
    }

    private void addSubFlow(SetupRecorder recorder, AuthenticationExecutionModel email) {
        String alias = FlowEditor.unusedAlias(realm, editor.alias(flow.getId()) + NAME);
        Requirement requirement = options.resetsWithSecondFactorOnly() ? Requirement.REQUIRED : Requirement.CONDITIONAL;
        ResetCredentialsSubFlow factors = new ResetCredentialsSubFlow(realm, options);
        recorder.change(
                "sub-flow \"%s\" with %s added after %s as %s"
                        .formatted(
                                alias,
                                String.join(", ", factors.authenticators()),
                                ResetCredentialEmail.PROVIDER_ID,
                                requirement),
                () -> {
                    AuthenticationFlowModel subFlow = factors.create(alias);
                    realm.addAuthenticatorExecution(after(email, subFlow, requirement));
                });
    }

    private AuthenticationExecutionModel after(
            AuthenticationExecutionModel email, AuthenticationFlowModel subFlow, Requirement requirement) {
        realm.getAuthenticationExecutionsStream(flow.getId())
                .filter(execution -> execution.getPriority() > email.getPriority())
                .toList()
                .forEach(later -> {
                    later.setPriority(later.getPriority() + FlowEditor.STEP);
                    realm.updateAuthenticatorExecution(later);
                });
        AuthenticationExecutionModel execution = new AuthenticationExecutionModel();
        execution.setParentFlow(flow.getId());
        execution.setFlowId(subFlow.getId());
        execution.setAuthenticatorFlow(true);
        execution.setRequirement(requirement);
        execution.setPriority(email.getPriority() + FlowEditor.STEP);
        return execution;
    }

    /**
     * Keycloak does not evaluate the condition in a required sub-flow: users without a second factor and code are
     * refused.
     */
    private void require(SetupRecorder recorder, AuthenticationExecutionModel subFlow) {
        recorder.change("sub-flow \"%s\" set to REQUIRED".formatted(editor.alias(subFlow.getFlowId())), () -> {
            subFlow.setRequirement(Requirement.REQUIRED);
            realm.updateAuthenticatorExecution(subFlow);
            codes(subFlow.getFlowId())
                    .filter(form -> form.getAuthenticatorConfig() == null)
                    .ifPresent(new ResetCredentialsSubFlow(realm, options)::requestWithoutSecondFactor);
        });
    }

    /** The conditional sub-flow with the form for codes, if users without a second factor must be refused. */
    private Optional<AuthenticationExecutionModel> subFlowToRequire() {
        return options.resetsWithSecondFactorOnly()
                ? realm.getAuthenticationExecutionsStream(flow.getId())
                        .filter(AuthenticationExecutionModel::isConditional)
                        .filter(execution -> codes(execution.getFlowId()).isPresent())
                        .findFirst()
                : Optional.empty();
    }

    private Optional<AuthenticationExecutionModel> codes(String flowId) {
        return editor.enabled(flowId)
                .filter(execution -> FlowEditor.isOneOf(FormFlowChange.CODE_FORM_IDS, execution))
                .findFirst();
    }

    private boolean acceptsCodes() {
        return codes(flow.getId()).isPresent();
    }

    private Optional<AuthenticationExecutionModel> email() {
        return realm.getAuthenticationExecutionsStream(flow.getId())
                .filter(execution -> ResetCredentialEmail.PROVIDER_ID.equals(execution.getAuthenticator()))
                .findFirst();
    }

    private List<AuthenticationExecutionModel> resetOtp() {
        return editor.enabled(flow.getId())
                .filter(execution -> ResetOTP.PROVIDER_ID.equals(execution.getAuthenticator()))
                .toList();
    }

    /** A sub-flow with only conditions left never succeeds, so it is disabled together with its last execution. */
    private void disable(SetupRecorder recorder, AuthenticationExecutionModel resetOtp) {
        boolean isLast = realm.getAuthenticationExecutionsStream(resetOtp.getParentFlow())
                .filter(AuthenticationExecutionModel::isEnabled)
                .filter(execution ->
                        !ConditionalUserConfiguredAuthenticatorFactory.PROVIDER_ID.equals(execution.getAuthenticator()))
                .allMatch(execution -> execution.getId().equals(resetOtp.getId()));
        AuthenticationExecutionModel subFlow = realm.getAuthenticationExecutionByFlowId(resetOtp.getParentFlow());
        if (isLast && subFlow != null) {
            editor.disableSubFlow(recorder, subFlow);
        } else {
            editor.disable(recorder, resetOtp);
        }
    }
}
