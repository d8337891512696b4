package io.github.backupcodes.admin;

import io.github.backupcodes.signin.BackupCodeFormFactory;
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
final class ResetChange implements Change {

    private static final String NAME = " - Second factor";

    private final RealmModel realm;
    private final AuthenticationFlowModel flow;
    private final SetupOptions options;
    private final FlowEdits edits;

    ResetChange(RealmModel realm, AuthenticationFlowModel flow, SetupOptions options, String prefix) {
        this.realm = realm;
        this.flow = flow;
        this.options = options;
        this.edits = new FlowEdits(realm, prefix);
    }

    @Override
    public boolean isNeeded() {
        return !takesCodes() || isToBeRequired().isPresent();
    }

    @Override
    public Optional<String> obstacle() {
        return takesCodes() || email().isPresent()
                ? Optional.empty()
                : Optional.of("flow \"%s\" has no %s at its top level: add the second factors and %s after the mail"
                        .formatted(flow.getAlias(), ResetCredentialEmail.PROVIDER_ID, BackupCodeFormFactory.ID));
    }

    @Override
    public void apply(SetupSteps steps) {
        if (takesCodes()) {
            isToBeRequired().ifPresent(subFlow -> require(steps, subFlow));
            return;
        }
        addSubFlow(steps, email().orElseThrow());
        resetOtp().forEach(execution -> disable(steps, execution));
    }

    private void addSubFlow(SetupSteps steps, AuthenticationExecutionModel email) {
        String alias = FlowEdits.unusedAlias(realm, edits.alias(flow.getId()) + NAME);
        Requirement requirement = options.resetsWithSecondFactorOnly() ? Requirement.REQUIRED : Requirement.CONDITIONAL;
        ResetSubFlow factors = new ResetSubFlow(realm, options);
        steps.change(
                "sub-flow \"%s\" with %s added after %s as %s"
                        .formatted(
                                alias,
                                String.join(", ", factors.ways()),
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
                    later.setPriority(later.getPriority() + FlowEdits.STEP);
                    realm.updateAuthenticatorExecution(later);
                });
        AuthenticationExecutionModel execution = new AuthenticationExecutionModel();
        execution.setParentFlow(flow.getId());
        execution.setFlowId(subFlow.getId());
        execution.setAuthenticatorFlow(true);
        execution.setRequirement(requirement);
        execution.setPriority(email.getPriority() + FlowEdits.STEP);
        return execution;
    }

    /** The condition in a sub-flow that is required is not asked any more: whoever has nothing to show is refused. */
    private void require(SetupSteps steps, AuthenticationExecutionModel subFlow) {
        steps.change("sub-flow \"%s\" set to REQUIRED".formatted(edits.alias(subFlow.getFlowId())), () -> {
            subFlow.setRequirement(Requirement.REQUIRED);
            realm.updateAuthenticatorExecution(subFlow);
            codes(subFlow.getFlowId())
                    .filter(form -> form.getAuthenticatorConfig() == null)
                    .ifPresent(new ResetSubFlow(realm, options)::askOnItsOwn);
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
        return edits.enabled(flowId)
                .filter(execution -> FlowEdits.isOneOf(FlowChange.OURS, execution))
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
        return edits.enabled(flow.getId())
                .filter(execution -> ResetOTP.PROVIDER_ID.equals(execution.getAuthenticator()))
                .toList();
    }

    /** A sub-flow in which nothing but conditions is left never succeeds: it goes with what it was for. */
    private void disable(SetupSteps steps, AuthenticationExecutionModel resetOtp) {
        boolean alone = realm.getAuthenticationExecutionsStream(resetOtp.getParentFlow())
                .filter(AuthenticationExecutionModel::isEnabled)
                .filter(execution ->
                        !ConditionalUserConfiguredAuthenticatorFactory.PROVIDER_ID.equals(execution.getAuthenticator()))
                .allMatch(execution -> execution.getId().equals(resetOtp.getId()));
        AuthenticationExecutionModel subFlow = realm.getAuthenticationExecutionByFlowId(resetOtp.getParentFlow());
        if (alone && subFlow != null) {
            edits.disableSubFlow(steps, subFlow);
        } else {
            edits.disable(steps, resetOtp);
        }
    }
}
