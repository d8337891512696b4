package io.github.backupcodes.admin;

import io.github.backupcodes.signin.DirectGrantBackupCode;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.authenticators.directgrant.ValidateOTP;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.RealmModel;

/** In a direct grant: a check of backup codes and OTPs takes the place of Keycloak's check of OTPs. */
final class DirectGrantChange implements Change {

    private final AuthenticationFlowModel flow;
    private final FlowEdits edits;

    DirectGrantChange(RealmModel realm, AuthenticationFlowModel flow, String prefix) {
        this.flow = flow;
        this.edits = new FlowEdits(realm, prefix);
    }

    @Override
    public boolean isNeeded() {
        return executions(DirectGrantBackupCode.ID).isEmpty();
    }

    @Override
    public Optional<String> obstacle() {
        int checks = executions(ValidateOTP.PROVIDER_ID).size();
        return checks == 1
                ? Optional.empty()
                : Optional.of("flow \"%s\" has %s: add %s at the place where the second factor is checked"
                        .formatted(
                                flow.getAlias(),
                                checks == 0 ? "no check of OTPs" : "more than one check of OTPs",
                                DirectGrantBackupCode.ID));
    }

    @Override
    public void apply(SetupSteps steps) {
        AuthenticationExecutionModel otp = executions(ValidateOTP.PROVIDER_ID).get(0);
        edits.add(steps, otp.getParentFlow(), DirectGrantBackupCode.ID, otp.getRequirement(), otp.getPriority());
        edits.disable(steps, otp);
    }

    private List<AuthenticationExecutionModel> executions(String authenticator) {
        return edits.enabled(flow.getId())
                .filter(execution -> authenticator.equals(execution.getAuthenticator()))
                .toList();
    }
}
