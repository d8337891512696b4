package io.github.backupcodes.admin;

import io.github.backupcodes.signin.BackupCodeFormFactory;
import io.github.backupcodes.signin.OtpOrBackupCodeFormFactory;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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

/** What has to be changed in a flow so that it takes backup codes, and whether that is safe. */
final class FlowChange {

    private static final Set<String> SECOND_FACTORS =
            Set.of(OTPFormAuthenticatorFactory.PROVIDER_ID, WebAuthnAuthenticatorFactory.PROVIDER_ID);
    private static final Set<String> OURS = Set.of(BackupCodeFormFactory.ID, OtpOrBackupCodeFormFactory.ID);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AuthenticationFlowModel flow;
    private final SetupOptions options;
    private final String prefix;
    private final String authenticator;

    FlowChange(KeycloakSession session, RealmModel realm, AuthenticationFlowModel flow, SetupOptions options) {
        this(session, realm, flow, options, "");
    }

    /** The prefix is what Keycloak will put before the names of sub-flows when the flow is copied. */
    FlowChange(
            KeycloakSession session,
            RealmModel realm,
            AuthenticationFlowModel flow,
            SetupOptions options,
            String prefix) {
        this.session = session;
        this.realm = realm;
        this.flow = flow;
        this.options = options;
        this.prefix = prefix;
        this.authenticator = authenticator(options);
    }

    private static String authenticator(SetupOptions options) {
        String wished = options.authenticator() == null ? BackupCodeFormFactory.ID : options.authenticator();
        if (!OURS.contains(wished)) {
            throw ErrorResponse.error(
                    "authenticator has to be %s or %s"
                            .formatted(BackupCodeFormFactory.ID, OtpOrBackupCodeFormFactory.ID),
                    Response.Status.BAD_REQUEST);
        }
        return wished;
    }

    /** Whether the flow takes no backup codes yet, or still takes the recovery codes that shall go. */
    boolean isNeeded() {
        return !takesBackupCodes()
                || (options.disablesRecoveryCodes() && !recoveryCodes().isEmpty());
    }

    /** Why the flow has to be changed by hand; nothing when it can be done here. */
    Optional<String> obstacle() {
        if (takesBackupCodes()) {
            return Optional.empty();
        }
        List<String> places = places();
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
                            .formatted(alias(place), authenticator));
        }
        boolean swap = authenticator.equals(OtpOrBackupCodeFormFactory.ID);
        return swap && otpForm(place).isEmpty()
                ? Optional.of(
                        "sub-flow \"%s\" has no OTP form that %s could replace".formatted(alias(place), authenticator))
                : Optional.empty();
    }

    /**
     * Changes the flow.
     *
     * @param steps keeps the record
     */
    void apply(SetupSteps steps) {
        if (!takesBackupCodes()) {
            String place = places().get(0);
            if (authenticator.equals(OtpOrBackupCodeFormFactory.ID)) {
                swap(steps, place, otpForm(place).orElseThrow());
            } else {
                add(steps, place);
            }
        }
        if (options.disablesRecoveryCodes()) {
            recoveryCodes().forEach(execution -> disable(steps, execution));
        }
    }

    private void add(SetupSteps steps, String place) {
        // beside something required an alternative is never asked
        factors(place).stream()
                .filter(AuthenticationExecutionModel::isRequired)
                .forEach(execution -> steps.change(
                        "%s in \"%s\" made an alternative".formatted(execution.getAuthenticator(), alias(place)),
                        () -> {
                            execution.setRequirement(Requirement.ALTERNATIVE);
                            realm.updateAuthenticatorExecution(execution);
                        }));
        int last = realm.getAuthenticationExecutionsStream(place)
                .mapToInt(AuthenticationExecutionModel::getPriority)
                .max()
                .orElse(0);
        addExecution(steps, place, last + 10, Requirement.ALTERNATIVE);
    }

    private void swap(SetupSteps steps, String place, AuthenticationExecutionModel otp) {
        addExecution(steps, place, otp.getPriority(), otp.getRequirement());
        disable(steps, otp);
    }

    private void addExecution(SetupSteps steps, String place, int priority, Requirement requirement) {
        steps.change("%s added to \"%s\" as %s".formatted(authenticator, alias(place), requirement), () -> {
            AuthenticationExecutionModel execution = new AuthenticationExecutionModel();
            execution.setParentFlow(place);
            execution.setAuthenticator(authenticator);
            execution.setAuthenticatorFlow(false);
            execution.setRequirement(requirement);
            execution.setPriority(priority);
            realm.addAuthenticatorExecution(execution);
        });
    }

    private void disable(SetupSteps steps, AuthenticationExecutionModel execution) {
        steps.change(
                "%s in \"%s\" disabled".formatted(execution.getAuthenticator(), alias(execution.getParentFlow())),
                () -> {
                    execution.setRequirement(Requirement.DISABLED);
                    realm.updateAuthenticatorExecution(execution);
                });
    }

    private boolean takesBackupCodes() {
        return enabled(flow.getId()).anyMatch(execution -> OURS.contains(execution.getAuthenticator()));
    }

    private List<AuthenticationExecutionModel> recoveryCodes() {
        return enabled(flow.getId())
                .filter(execution ->
                        RecoveryAuthnCodesFormAuthenticatorFactory.PROVIDER_ID.equals(execution.getAuthenticator()))
                .toList();
    }

    private List<String> places() {
        return enabled(flow.getId())
                .filter(execution -> SECOND_FACTORS.contains(execution.getAuthenticator()))
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

    private Stream<AuthenticationExecutionModel> enabled(String flowId) {
        return realm.getAuthenticationExecutionsStream(flowId)
                .filter(AuthenticationExecutionModel::isEnabled)
                .flatMap(execution ->
                        execution.isAuthenticatorFlow() ? enabled(execution.getFlowId()) : Stream.of(execution));
    }

    private String alias(String flowId) {
        return prefix + realm.getAuthenticationFlowById(flowId).getAlias();
    }
}
