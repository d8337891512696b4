package io.github.backupcodes.admin.setup;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Adds several forms for codes that are sent to a flow. A form that must be added by hand keeps no other from being added. */
final class VerificationCodeFlowChanges implements FlowChange {

    private final List<VerificationCodeFlowChange> changes;

    VerificationCodeFlowChanges(
            KeycloakSession session,
            RealmModel realm,
            AuthenticationFlowModel flow,
            String prefix,
            List<VerificationCodeForm> forms) {
        this.changes = forms.stream()
                .map(form -> new VerificationCodeFlowChange(session, realm, flow, prefix, form))
                .toList();
    }

    @Override
    public Optional<String> deficiency() {
        return join(
                needed().stream()
                        .map(change -> change.deficiency().orElseThrow())
                        .toList(),
                " and ");
    }

    @Override
    public Optional<String> obstacle() {
        List<VerificationCodeFlowChange> needed = needed();
        List<String> obstacles =
                needed.stream().flatMap(change -> change.obstacle().stream()).toList();
        return obstacles.size() < needed.size() ? Optional.empty() : join(obstacles, "; ");
    }

    @Override
    public void apply(SetupRecorder recorder) {
        for (VerificationCodeFlowChange change : needed()) {
            change.obstacle().ifPresentOrElse(recorder::gap, () -> change.apply(recorder));
        }
    }

    /** Adds the forms to a sub-flow; where nothing stands beside alternatives, an administrator has to decide. */
    void addTo(String place, boolean alternatives, SetupRecorder recorder) {
        for (VerificationCodeFlowChange change : needed()) {
            if (alternatives && !change.isThere()) {
                change.addTo(place, recorder);
            } else {
                change.obstacle().ifPresent(recorder::gap);
            }
        }
    }

    private List<VerificationCodeFlowChange> needed() {
        return changes.stream().filter(FlowChange::isNeeded).toList();
    }

    private static Optional<String> join(List<String> texts, String separator) {
        return texts.isEmpty()
                ? Optional.empty()
                : Optional.of(texts.stream().distinct().collect(Collectors.joining(separator)));
    }
}
