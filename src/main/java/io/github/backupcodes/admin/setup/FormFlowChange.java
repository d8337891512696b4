package io.github.backupcodes.admin.setup;

import io.github.backupcodes.flow.CodesWithoutSecondFactor;
import io.github.backupcodes.signin.BackupCodeFormAuthenticatorFactory;
import io.github.backupcodes.signin.OtpOrBackupCodeFormAuthenticatorFactory;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.authentication.authenticators.browser.OTPFormAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.RecoveryAuthnCodesFormAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;

/**
 * Adds the form for codes to a flow that requests the second factor on a page, or replaces the OTP form with one for
 * both.
 */
final class FormFlowChange implements FlowChange {

    /** The ids of the forms that accept codes. */
    static final Set<String> CODE_FORM_IDS =
            Set.of(BackupCodeFormAuthenticatorFactory.ID, OtpOrBackupCodeFormAuthenticatorFactory.ID);

    private final AuthenticationFlowModel flow;
    private final SetupOptions options;
    private final FlowEditor editor;
    private final SecondFactorSubFlows subFlows;
    private final LostPage lostPage;
    private final VerificationCodeFlowChanges sentCodes;
    private final String authenticator;

    FormFlowChange(
            KeycloakSession session,
            RealmModel realm,
            AuthenticationFlowModel flow,
            SetupOptions options,
            String prefix) {
        this.flow = flow;
        this.options = options;
        this.editor = new FlowEditor(realm, prefix);
        this.subFlows = new SecondFactorSubFlows(session, realm, editor);
        this.lostPage = new LostPage(realm, flow, editor, options);
        this.sentCodes = new VerificationCodeFlowChanges(session, realm, flow, prefix, options.sentCodes());
        this.authenticator = authenticator(options);
    }

    /** The form that the options select. */
    static String authenticator(SetupOptions options) {
        String wanted =
                options.authenticator() == null ? BackupCodeFormAuthenticatorFactory.ID : options.authenticator();
        if (!CODE_FORM_IDS.contains(wanted)) {
            throw ErrorResponse.error(
                    "authenticator must be %s or %s"
                            .formatted(
                                    BackupCodeFormAuthenticatorFactory.ID, OtpOrBackupCodeFormAuthenticatorFactory.ID),
                    Response.Status.BAD_REQUEST);
        }
        return wanted;
    }

    @Override
    public Optional<String> deficiency() {
        if (!acceptsBackupCodes()) {
            return Optional.of(NO_CODES);
        }
        if (wantsAnotherForm()) {
            return Optional.of("accepts backup codes with another form");
        }
        if (keepsRecoveryCodes()) {
            return Optional.of("still accepts Keycloak recovery codes");
        }
        if (lostPage.isMissing()) {
            return Optional.of(NO_LOST_PAGE);
        }
        return sentCodes.deficiency();
    }

    @Override
    public Optional<String> obstacle() {
        if (acceptsBackupCodes()) {
            return keepsRecoveryCodes() || lostPage.isMissing() ? Optional.empty() : obstacleToAnotherForm();
        }
        List<String> places = subFlows.with(SecondFactorSubFlows.KEYCLOAK_FORM_IDS, flow.getId());
        if (places.size() != 1) {
            return Optional.of(
                    "flow \"%s\" has %s with an OTP form or a WebAuthn authenticator: add %s as an alternative beside it"
                            .formatted(
                                    flow.getAlias(),
                                    places.isEmpty() ? "no sub-flow" : "more than one sub-flow",
                                    authenticator));
        }
        String place = places.get(0);
        List<AuthenticationExecutionModel> factors = subFlows.factors(place);
        boolean alternatives = factors.stream().allMatch(AuthenticationExecutionModel::isAlternative);
        boolean isSingle = factors.size() == 1;
        if (!alternatives && !isSingle) {
            return Optional.of(
                    "sub-flow \"%s\" requires several executions: create a separate sub-flow for the second factor and add %s there as an alternative"
                            .formatted(editor.alias(place), authenticator));
        }
        boolean swap = authenticator.equals(OtpOrBackupCodeFormAuthenticatorFactory.ID);
        if (!swap && !alternatives && !subFlows.isSkippedByUsersWithoutFactor(place)) {
            return Optional.of(
                    "sub-flow \"%s\" requires %s also of users who have none, and lets them set it up: as an alternative it would not. Instead of an OTP form, %s keeps that"
                            .formatted(
                                    editor.alias(place),
                                    factors.get(0).getAuthenticator(),
                                    OtpOrBackupCodeFormAuthenticatorFactory.ID));
        }
        return swap && otpForm(place).isEmpty()
                ? Optional.of("sub-flow \"%s\" has no OTP form that %s could replace"
                        .formatted(editor.alias(place), authenticator))
                : Optional.empty();
    }

    @Override
    public void apply(SetupRecorder recorder) {
        if (!acceptsBackupCodes()) {
            String place = subFlows.with(SecondFactorSubFlows.KEYCLOAK_FORM_IDS, flow.getId())
                    .get(0);
            boolean alternatives = authenticator.equals(OtpOrBackupCodeFormAuthenticatorFactory.ID)
                    ? swap(recorder, place, otpForm(place).orElseThrow())
                    : add(recorder, place);
            sentCodes.addTo(place, alternatives, recorder);
        } else {
            lostPage.addWhereMissing(recorder);
            if (wantsAnotherForm()) {
                obstacleToAnotherForm().ifPresentOrElse(recorder::manualStep, () -> mergeForms(recorder));
            }
            sentCodes.apply(recorder);
        }
        if (options.disablesRecoveryCodes()) {
            recoveryCodes().forEach(execution -> editor.disable(recorder, execution));
        }
    }

    /** Returns whether the executions are alternatives then. */
    private boolean add(SetupRecorder recorder, String place) {
        subFlows.factors(place).stream()
                .filter(AuthenticationExecutionModel::isRequired)
                .forEach(execution -> editor.makeAlternative(recorder, execution));
        editor.addLast(recorder, place, authenticator, Requirement.ALTERNATIVE);
        lostPage.add(recorder, place);
        return true;
    }

    /**
     * A required OTP form stays required, so that users without OTP set one up there. If they skip the sub-flow anyway, it becomes an
     * alternative to codes that are sent and to the page for users who have lost everything; a setting then has codes alone requested, as a
     * required form does.
     *
     * @return whether it is an alternative then
     */
    private boolean swap(SetupRecorder recorder, String place, AuthenticationExecutionModel otp) {
        boolean becomesAlternative = otp.isRequired()
                && (lostPage.isWanted() || options.addsSentCodes())
                && subFlows.isSkippedByUsersWithoutFactor(place);
        boolean isAlternative = otp.isAlternative() || becomesAlternative;
        editor.addInPlaceOf(
                recorder,
                place,
                authenticator,
                isAlternative ? Requirement.ALTERNATIVE : otp.getRequirement(),
                List.of(otp),
                becomesAlternative ? Map.of(CodesWithoutSecondFactor.SETTING, "true") : Map.of());
        if (isAlternative) {
            lostPage.add(recorder, place);
        }
        return isAlternative;
    }

    /**
     * The form for codes alone can be replaced where it is beside the OTP form, which is replaced as well. Its execution stays,
     * disabled: Keycloak reads the level from it at which codes can be deleted.
     */
    private void mergeForms(SetupRecorder recorder) {
        Map<String, List<AuthenticationExecutionModel>> byPlace =
                codeForms().stream().collect(Collectors.groupingBy(AuthenticationExecutionModel::getParentFlow));
        byPlace.forEach((place, forms) -> {
            AuthenticationExecutionModel otp = otpForm(place).orElseThrow();
            List<AuthenticationExecutionModel> replaced =
                    Stream.concat(Stream.of(otp), forms.stream()).toList();
            editor.addInPlaceOf(recorder, place, authenticator, otp.getRequirement(), replaced, Map.of());
        });
    }

    private Optional<String> obstacleToAnotherForm() {
        boolean canMerge = authenticator.equals(OtpOrBackupCodeFormAuthenticatorFactory.ID)
                && codeForms().stream()
                        .allMatch(form -> form.isAlternative()
                                && otpForm(form.getParentFlow())
                                        .filter(AuthenticationExecutionModel::isAlternative)
                                        .isPresent());
        return !wantsAnotherForm() || canMerge
                ? Optional.empty()
                : Optional.of("flow \"%s\" accepts backup codes with another form: replace it with %s"
                        .formatted(flow.getAlias(), authenticator));
    }

    private List<AuthenticationExecutionModel> codeForms() {
        return editor.enabled(flow.getId())
                .filter(execution -> FlowEditor.isOneOf(CODE_FORM_IDS, execution))
                .toList();
    }

    private boolean acceptsBackupCodes() {
        return acceptsBackupCodesWith(CODE_FORM_IDS);
    }

    /** True only if the options name a form; the default form replaces no other. */
    private boolean wantsAnotherForm() {
        return options.authenticator() != null && !acceptsBackupCodesWith(Set.of(authenticator));
    }

    private boolean acceptsBackupCodesWith(Set<String> forms) {
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

    private Optional<AuthenticationExecutionModel> otpForm(String place) {
        return subFlows.factors(place).stream()
                .filter(execution -> OTPFormAuthenticatorFactory.PROVIDER_ID.equals(execution.getAuthenticator()))
                .findFirst();
    }
}
