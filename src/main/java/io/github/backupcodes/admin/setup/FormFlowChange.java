package io.github.backupcodes.admin.setup;

import io.github.backupcodes.signin.BackupCodeFormAuthenticatorFactory;
import io.github.backupcodes.signin.OtpOrBackupCodeFormAuthenticatorFactory;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.OTPFormAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.RecoveryAuthnCodesFormAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.WebAuthnAuthenticatorFactory;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;

/** In a flow that asks for the second factor on a page: the form for codes beside it, or one for both in its place. */
final class FormFlowChange implements FlowChange {

    private static final Set<String> SECOND_FACTORS =
            Set.of(OTPFormAuthenticatorFactory.PROVIDER_ID, WebAuthnAuthenticatorFactory.PROVIDER_ID);
    /** The forms that take codes. */
    static final Set<String> OURS =
            Set.of(BackupCodeFormAuthenticatorFactory.ID, OtpOrBackupCodeFormAuthenticatorFactory.ID);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AuthenticationFlowModel flow;
    private final SetupOptions options;
    private final FlowEditor editor;
    private final String authenticator;

    FormFlowChange(
            KeycloakSession session,
            RealmModel realm,
            AuthenticationFlowModel flow,
            SetupOptions options,
            String prefix) {
        this.session = session;
        this.realm = realm;
        this.flow = flow;
        this.options = options;
        this.editor = new FlowEditor(realm, prefix);
        this.authenticator = authenticator(options);
    }

    /** The form that the options ask for. */
    static String authenticator(SetupOptions options) {
        String wished =
                options.authenticator() == null ? BackupCodeFormAuthenticatorFactory.ID : options.authenticator();
        if (!OURS.contains(wished)) {
            throw ErrorResponse.error(
                    "authenticator has to be %s or %s"
                            .formatted(
                                    BackupCodeFormAuthenticatorFactory.ID, OtpOrBackupCodeFormAuthenticatorFactory.ID),
                    Response.Status.BAD_REQUEST);
        }
        return wished;
    }

    /** Whether the flow takes no backup codes yet, or by another form, or still takes the recovery codes that shall go. */
    @Override
    public boolean isNeeded() {
        return !takesBackupCodes() || wantsAnotherForm() || keepsRecoveryCodes();
    }

    @Override
    public Optional<String> obstacle() {
        if (takesBackupCodes()) {
            return wantsAnotherForm() && !keepsRecoveryCodes()
                    ? Optional.of("flow \"%s\" takes backup codes by another form: put %s in its place"
                            .formatted(flow.getAlias(), authenticator))
                    : Optional.empty();
        }
        List<String> places = secondFactorSubFlows();
        if (places.size() != 1) {
            return Optional.of(
                    "flow \"%s\" has %s with an OTP form or a WebAuthn authenticator: add %s as an alternative beside it"
                            .formatted(
                                    flow.getAlias(),
                                    places.isEmpty() ? "no sub-flow" : "more than one sub-flow",
                                    authenticator));
        }
        String place = places.get(0);
        List<AuthenticationExecutionModel> factors = factors(place);
        boolean alternatives = factors.stream().allMatch(AuthenticationExecutionModel::isAlternative);
        boolean oneAlone = factors.size() == 1;
        if (!alternatives && !oneAlone) {
            return Optional.of(
                    "sub-flow \"%s\" requires several executions: give the second factor a sub-flow of its own and add %s there as an alternative"
                            .formatted(editor.alias(place), authenticator));
        }
        boolean swap = authenticator.equals(OtpOrBackupCodeFormAuthenticatorFactory.ID);
        return swap && otpForm(place).isEmpty()
                ? Optional.of("sub-flow \"%s\" has no OTP form that %s could replace"
                        .formatted(editor.alias(place), authenticator))
                : Optional.empty();
    }

    @Override
    public void apply(SetupRecorder recorder) {
        if (!takesBackupCodes()) {
            String place = secondFactorSubFlows().get(0);
            if (authenticator.equals(OtpOrBackupCodeFormAuthenticatorFactory.ID)) {
                swap(recorder, place, otpForm(place).orElseThrow());
            } else {
                add(recorder, place);
            }
        }
        if (options.disablesRecoveryCodes()) {
            recoveryCodes().forEach(execution -> editor.disable(recorder, execution));
        }
    }

    private void add(SetupRecorder recorder, String place) {
        factors(place).stream()
                .filter(AuthenticationExecutionModel::isRequired)
                .forEach(execution -> editor.makeAlternative(recorder, execution));
        editor.addLast(recorder, place, authenticator, Requirement.ALTERNATIVE);
    }

    private void swap(SetupRecorder recorder, String place, AuthenticationExecutionModel otp) {
        editor.add(recorder, place, authenticator, otp.getRequirement(), otp.getPriority());
        editor.disable(recorder, otp);
    }

    private boolean takesBackupCodes() {
        return takesBackupCodesBy(OURS);
    }

    /** Where a form is named, and not just the usual one meant. */
    private boolean wantsAnotherForm() {
        return options.authenticator() != null && !takesBackupCodesBy(Set.of(authenticator));
    }

    private boolean takesBackupCodesBy(Set<String> forms) {
        return editor.enabled(flow.getId()).anyMatch(execution -> FlowEditor.isOneOf(forms, execution));
    }

    private boolean keepsRecoveryCodes() {
        return options.disablesRecoveryCodes() && !recoveryCodes().isEmpty();
    }

    private List<AuthenticationExecutionModel> recoveryCodes() {
        return editor.enabled(flow.getId())
                .filter(execution ->
                        RecoveryAuthnCodesFormAuthenticatorFactory.PROVIDER_ID.equals(execution.getAuthenticator()))
                .toList();
    }

    private List<String> secondFactorSubFlows() {
        return editor.enabled(flow.getId())
                .filter(execution -> FlowEditor.isOneOf(SECOND_FACTORS, execution))
                .map(AuthenticationExecutionModel::getParentFlow)
                .distinct()
                .toList();
    }

    private Optional<AuthenticationExecutionModel> otpForm(String place) {
        return factors(place).stream()
                .filter(execution -> OTPFormAuthenticatorFactory.PROVIDER_ID.equals(execution.getAuthenticator()))
                .findFirst();
    }

    /** What is asked of the user in a sub-flow, without the conditions. */
    private List<AuthenticationExecutionModel> factors(String subFlow) {
        return realm.getAuthenticationExecutionsStream(subFlow)
                .filter(AuthenticationExecutionModel::isEnabled)
                .filter(execution -> execution.isAuthenticatorFlow() || !isCondition(execution))
                .toList();
    }

    private boolean isCondition(AuthenticationExecutionModel execution) {
        return session.getKeycloakSessionFactory().getProviderFactory(Authenticator.class, execution.getAuthenticator())
                instanceof ConditionalAuthenticatorFactory;
    }
}
