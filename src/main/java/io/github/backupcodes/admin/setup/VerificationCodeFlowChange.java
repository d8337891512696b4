package io.github.backupcodes.admin.setup;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.keycloak.authentication.authenticators.browser.OTPFormAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.WebAuthnAuthenticatorFactory;
import org.keycloak.authentication.authenticators.conditional.ConditionalUserConfiguredAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Adds a form for codes that are sent to the sub-flow that requests the second factor, behind the stronger ones. Without it, users who have
 * these codes alone pass with the password: Keycloak skips a sub-flow in which nothing is set up.
 */
final class VerificationCodeFlowChange implements FlowChange {

    private static final Set<String> PLACE_IDS = Stream.concat(
                    SecondFactorSubFlows.KEYCLOAK_FORM_IDS.stream(), FormFlowChange.CODE_FORM_IDS.stream())
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> STRONG_IDS =
            Set.of(OTPFormAuthenticatorFactory.PROVIDER_ID, WebAuthnAuthenticatorFactory.PROVIDER_ID);

    private final VerificationCodeForm form;
    private final RealmModel realm;
    private final AuthenticationFlowModel flow;
    private final FlowEditor editor;
    private final SecondFactorSubFlows subFlows;

    VerificationCodeFlowChange(
            KeycloakSession session,
            RealmModel realm,
            AuthenticationFlowModel flow,
            String prefix,
            VerificationCodeForm form) {
        this.form = form;
        this.realm = realm;
        this.flow = flow;
        this.editor = new FlowEditor(realm, prefix);
        this.subFlows = new SecondFactorSubFlows(session, realm, editor);
    }

    @Override
    public Optional<String> deficiency() {
        return forms(execution -> execution.isEnabled() && isRun(execution)).isEmpty()
                ? Optional.of("does not ask for " + form.codes())
                : Optional.empty();
    }

    @Override
    public Optional<String> obstacle() {
        if (!forms(execution -> !execution.isEnabled()).isEmpty()) {
            return Optional.of(
                    "flow \"%s\" has %s, but disabled: enable it".formatted(flow.getAlias(), form.authenticator()));
        }
        Optional<String> skipped = forms(AuthenticationExecutionModel::isEnabled).stream()
                .flatMap(found -> skippedBecause(found).stream())
                .findFirst();
        if (skipped.isPresent()) {
            return skipped;
        }
        List<String> places = places();
        if (places.size() != 1) {
            return Optional.of(
                    "flow \"%s\" has %s with a second factor: add %s as an alternative, after security key and app, at the level that suits it"
                            .formatted(
                                    flow.getAlias(),
                                    places.isEmpty() ? "no sub-flow" : "more than one sub-flow",
                                    form.authenticator()));
        }
        String place = places.get(0);
        return required(place).isEmpty() || isSingleFactor(place)
                ? Optional.empty()
                : Optional.of(besideRequired(place));
    }

    private String besideRequired(String place) {
        return "sub-flow \"%s\" has a required execution, which Keycloak runs without alternatives: put %s beside the second factors, all as alternatives"
                .formatted(editor.alias(place), form.authenticator());
    }

    @Override
    public void apply(SetupRecorder recorder) {
        String place = places().get(0);
        required(place).forEach(execution -> editor.makeAlternative(recorder, execution));
        addTo(place, recorder);
    }

    /** Adds the form to a sub-flow in which nothing is required. */
    void addTo(String place, SetupRecorder recorder) {
        recorder.change(FlowEditor.addition(editor.alias(place), form.authenticator(), Requirement.ALTERNATIVE), () -> {
            List<AuthenticationExecutionModel> executions =
                    realm.getAuthenticationExecutionsStream(place).toList();
            int index = last(before(), executions) + 1;
            if (index == 0) {
                index = last(Set.of(ConditionalUserConfiguredAuthenticatorFactory.PROVIDER_ID), executions) + 1;
            }
            // in front of the one field, too: users with an OTP see that first wherever it is, others would enter a
            // backup code first
            index = Math.min(index, first(form.later(), executions));
            int priority = index == 0 ? 0 : executions.get(index - 1).getPriority();
            for (AuthenticationExecutionModel later : executions.subList(index, executions.size())) {
                later.setPriority(later.getPriority() + FlowEditor.STEP);
                realm.updateAuthenticatorExecution(later);
            }
            editor.insert(place, form.authenticator(), Requirement.ALTERNATIVE, priority + FlowEditor.STEP / 2);
        });
    }

    private Set<String> before() {
        return Stream.concat(STRONG_IDS.stream(), form.stronger().stream().map(VerificationCodeForm::authenticator))
                .collect(Collectors.toSet());
    }

    private static int first(Set<String> authenticators, List<AuthenticationExecutionModel> executions) {
        return IntStream.range(0, executions.size())
                .filter(index -> FlowEditor.isOneOf(authenticators, executions.get(index)))
                .findFirst()
                .orElse(executions.size());
    }

    private static int last(Set<String> authenticators, List<AuthenticationExecutionModel> executions) {
        int index = executions.size() - 1;
        while (index >= 0 && !FlowEditor.isOneOf(authenticators, executions.get(index))) {
            index--;
        }
        return index;
    }

    /** Whether the form is there, even if it is disabled or never run: an administrator has decided about it. */
    boolean isThere() {
        return !forms(execution -> true).isEmpty();
    }

    private boolean isRun(AuthenticationExecutionModel found) {
        return skippedBecause(found).isEmpty();
    }

    /**
     * Why Keycloak does not ask users with these codes alone for them, although the form is there; empty if it does. It runs a required
     * execution, or a conditional sub-flow, without the alternatives beside it. It skips a conditional sub-flow without a condition, and one
     * with "user configured" if not all that is required in it is set up, or nothing in it but in its sub-flows
     * (DefaultAuthenticationFlow, ConditionalUserConfiguredAuthenticator).
     */
    private Optional<String> skippedBecause(AuthenticationExecutionModel found) {
        if (found.isRequired()
                && subFlows.isSkippedByUsersWithoutFactor(found.getParentFlow())
                && required(found.getParentFlow()).size() > 1) {
            return Optional.of(besideRequired(found.getParentFlow()));
        }
        AuthenticationExecutionModel execution = found;
        String place = found.getParentFlow();
        while (true) {
            if (execution.isAlternative() && !required(place).isEmpty()) {
                return Optional.of(besideRequired(place));
            }
            AuthenticationExecutionModel subFlow = realm.getAuthenticationExecutionByFlowId(place);
            if (subFlow == null) {
                return Optional.empty();
            }
            if (subFlow.isConditional()) {
                if (subFlows.isWithoutCondition(place)) {
                    return Optional.of(
                            "sub-flow \"%s\" is conditional and has no condition, so Keycloak skips it: add \"Condition - user configured\", required, so that %s is requested"
                                    .formatted(editor.alias(place), form.authenticator()));
                }
                if (execution.isAuthenticatorFlow()
                        && subFlows.isSkippedByUsersWithoutFactor(place)
                        && subFlows.factors(place).stream().anyMatch(factor -> !factor.isAuthenticatorFlow())) {
                    return Optional.of(
                            "the condition of sub-flow \"%s\" does not look into the sub-flows in it: put %s into it, beside the second factors"
                                    .formatted(editor.alias(place), form.authenticator()));
                }
            }
            execution = subFlow;
            place = subFlow.getParentFlow();
        }
    }

    /** As an alternative, a form that is required of all users would no longer let them set the factor up. */
    private boolean isSingleFactor(String place) {
        List<AuthenticationExecutionModel> factors = subFlows.factors(place);
        return factors.size() == 1
                && FlowEditor.isOneOf(SecondFactorSubFlows.KEYCLOAK_FORM_IDS, factors.get(0))
                && subFlows.isSkippedByUsersWithoutFactor(place);
    }

    private List<AuthenticationExecutionModel> required(String place) {
        return subFlows.factors(place).stream()
                .filter(execution -> execution.isRequired() || execution.isConditional())
                .toList();
    }

    private List<String> places() {
        return subFlows.with(PLACE_IDS, flow.getId());
    }

    /** The executions of the form, those in places where second factors are requested even if they are disabled. */
    private List<AuthenticationExecutionModel> forms(Predicate<AuthenticationExecutionModel> which) {
        return Stream.concat(
                        editor.enabled(flow.getId()),
                        places().stream()
                                .flatMap(realm::getAuthenticationExecutionsStream)
                                .filter(execution -> !execution.isEnabled()))
                .filter(execution -> form.authenticator().equals(execution.getAuthenticator()))
                .filter(which)
                .toList();
    }
}
