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
import org.keycloak.models.RealmModel;

/**
 * In the reset of a password: whoever came by the link in the mail is asked for the second factor or a backup code before the
 * new password, and the OTP is no longer replaced on an e-mail alone (keycloak issue 39447). Whoever has lost both is told
 * who helps.
 */
final class ResetCredentialsFlowChange implements FlowChange {

    private static final String NAME = " - Second factor";

    private final RealmModel realm;
    private final AuthenticationFlowModel flow;
    private final SetupOptions options;
    private final FlowEditor editor;

    ResetCredentialsFlowChange(RealmModel realm, AuthenticationFlowModel flow, SetupOptions options, String prefix) {
        this.realm = realm;
        this.flow = flow;
        this.options = options;
        this.editor = new FlowEditor(realm, prefix);
    }

    @Override
    public boolean isNeeded() {
        return !takesCodes() || isToBeRequired().isPresent();
    }

    @Override
    public Optional<String> obstacle() {
        return takesCodes() || email().isPresent()
                ? Optional.empty()
                : Optional.of("flow \"%s\" has no %s at its top level: put the second factors and %s behind the mail"
                        .formatted(
                                flow.getAlias(),
                                ResetCredentialEmail.PROVIDER_ID,
                                BackupCodeFormAuthenticatorFactory.ID));
    }

    @Override
    public void apply(SetupRecorder recorder) {
        if (takesCodes()) {
            isToBeRequired().ifPresent(subFlow -> require(recorder, subFlow));
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

    /** The condition in a sub-flow that is required is not asked any more: whoever has nothing to show is refused. */
    private void require(SetupRecorder recorder, AuthenticationExecutionModel subFlow) {
        recorder.change("sub-flow \"%s\" made REQUIRED".formatted(editor.alias(subFlow.getFlowId())), () -> {
            subFlow.setRequirement(Requirement.REQUIRED);
            realm.updateAuthenticatorExecution(subFlow);
            codes(subFlow.getFlowId())
                    .filter(form -> form.getAuthenticatorConfig() == null)
                    .ifPresent(new ResetCredentialsSubFlow(realm, options)::askOnItsOwn);
        });
    }

    /** The conditional sub-flow that holds the form for codes, where who has no second factor shall not pass. */
    private Optional<AuthenticationExecutionModel> isToBeRequired() {
        return options.resetsWithSecondFactorOnly()
                ? realm.getAuthenticationExecutionsStream(flow.getId())
                        .filter(AuthenticationExecutionModel::isConditional)
                        .filter(execution -> codes(execution.getFlowId()).isPresent())
                        .findFirst()
                : Optional.empty();
    }

    private Optional<AuthenticationExecutionModel> codes(String flowId) {
        return editor.enabled(flowId)
                .filter(execution -> FlowEditor.isOneOf(FormFlowChange.OURS, execution))
                .findFirst();
    }

    private boolean takesCodes() {
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

    /** A sub-flow in which nothing but conditions is left never succeeds: it goes with what it was for. */
    private void disable(SetupRecorder recorder, AuthenticationExecutionModel resetOtp) {
        boolean alone = realm.getAuthenticationExecutionsStream(resetOtp.getParentFlow())
                .filter(AuthenticationExecutionModel::isEnabled)
                .filter(execution ->
                        !ConditionalUserConfiguredAuthenticatorFactory.PROVIDER_ID.equals(execution.getAuthenticator()))
                .allMatch(execution -> execution.getId().equals(resetOtp.getId()));
        AuthenticationExecutionModel subFlow = realm.getAuthenticationExecutionByFlowId(resetOtp.getParentFlow());
        if (alone && subFlow != null) {
            editor.disableSubFlow(recorder, subFlow);
        } else {
            editor.disable(recorder, resetOtp);
        }
    }
}
