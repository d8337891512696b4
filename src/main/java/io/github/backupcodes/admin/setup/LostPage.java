package io.github.backupcodes.admin.setup;

import io.github.backupcodes.signin.LostFactorsAuthenticator;
import java.util.List;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.RealmModel;

/**
 * Adds the page for users who have neither second factor nor code, as the last alternative of each sub-flow that accepts codes.
 * Without it these users see only what they do not have, and no one to turn to.
 */
final class LostPage {

    private final RealmModel realm;
    private final AuthenticationFlowModel flow;
    private final FlowEditor editor;
    private final boolean wanted;

    LostPage(RealmModel realm, AuthenticationFlowModel flow, FlowEditor editor, SetupOptions options) {
        this.realm = realm;
        this.flow = flow;
        this.editor = editor;
        this.wanted = options.addsLostPage();
    }

    boolean isWanted() {
        return wanted;
    }

    boolean isMissing() {
        return !places().isEmpty();
    }

    void addWhereMissing(SetupRecorder recorder) {
        places().forEach(place -> add(recorder, place));
    }

    void add(SetupRecorder recorder, String place) {
        if (wanted && !hasPage(place)) {
            editor.addLast(recorder, place, LostFactorsAuthenticator.ID, Requirement.ALTERNATIVE);
        }
    }

    /** The sub-flows that accept codes as an alternative: beside a required execution, Keycloak shows no alternative. */
    private List<String> places() {
        return wanted
                ? editor.enabled(flow.getId())
                        .filter(AuthenticationExecutionModel::isAlternative)
                        .filter(execution -> FlowEditor.isOneOf(FormFlowChange.CODE_FORM_IDS, execution))
                        .map(AuthenticationExecutionModel::getParentFlow)
                        .distinct()
                        .filter(place -> !hasPage(place))
                        .toList()
                : List.of();
    }

    /** A page that the administrator has disabled is there as well: it must not come back. */
    private boolean hasPage(String place) {
        return realm.getAuthenticationExecutionsStream(place)
                .anyMatch(execution -> LostFactorsAuthenticator.ID.equals(execution.getAuthenticator()));
    }
}
