package io.github.backupcodes.admin.setup;

import io.github.backupcodes.signin.DirectGrantBackupCodeAuthenticator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.authentication.authenticators.directgrant.ValidateOTP;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.RealmModel;

/** Replaces Keycloak's OTP check in a direct grant flow with a check of backup codes and OTPs. */
final class DirectGrantFlowChange implements FlowChange {

    private final AuthenticationFlowModel flow;
    private final FlowEditor editor;

    DirectGrantFlowChange(RealmModel realm, AuthenticationFlowModel flow, String prefix) {
        this.flow = flow;
        this.editor = new FlowEditor(realm, prefix);
    }

    @Override
    public Optional<String> deficiency() {
        return executions(DirectGrantBackupCodeAuthenticator.ID).isEmpty() ? Optional.of(NO_CODES) : Optional.empty();
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
                                DirectGrantBackupCodeAuthenticator.ID));
    }

    @Override
    public void apply(SetupRecorder recorder) {
        AuthenticationExecutionModel otp = executions(ValidateOTP.PROVIDER_ID).get(0);
        editor.addInPlaceOf(
                recorder,
                otp.getParentFlow(),
                DirectGrantBackupCodeAuthenticator.ID,
                otp.getRequirement(),
                List.of(otp),
                Map.of());
    }

    private List<AuthenticationExecutionModel> executions(String authenticator) {
        return editor.enabled(flow.getId())
                .filter(execution -> authenticator.equals(execution.getAuthenticator()))
                .toList();
    }
}
