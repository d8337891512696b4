package io.github.backupcodes.signin;

import io.github.backupcodes.challenge.factor.UserVerificationCode;
import io.github.backupcodes.flow.AcceptedCredentialTypes;
import io.github.backupcodes.flow.CurrentFlow;
import io.github.backupcodes.flow.FlowExecutions;
import io.github.backupcodes.loginstrength.UserFactorRank;
import io.github.backupcodes.policy.LoginVerificationPolicy;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Checks whether a form for codes that are sent is offered at sign-in. It is not if the user has a stronger factor that can be used instead: an
 * execution that accepts it stands beside the form, in the same sub-flow or in one below. A stronger factor elsewhere in the flow, for
 * example at another level, cannot replace the form.
 */
final class VerificationCodeOffer {

    /** Attribute of the session with the answer of this request: Keycloak creates the form several times. */
    private static final String FOUND = "backup-codes.code-hidden:";

    private final KeycloakSession session;
    private final RealmModel realm;

    private final String type;
    private final String authenticator;

    /**
     * Takes the form.
     *
     * @param type          of the credential
     * @param authenticator the id of the form
     */
    VerificationCodeOffer(KeycloakSession session, String type, String authenticator) {
        this.type = type;
        this.authenticator = authenticator;
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** Whether the form stays off the list of ways to sign in. */
    boolean isHiddenFrom(UserModel user) {
        String attribute = FOUND + type + ':' + user.getId();
        Boolean found = session.getAttribute(attribute, Boolean.class);
        if (found == null) {
            // most users have none, then nothing else is read
            found = UserVerificationCode.isSetUp(user, type)
                    && !LoginVerificationPolicy.of(realm).weakerBeside()
                    && isStrongerBesideEachForm(user);
            session.setAttribute(attribute, found);
        }
        return found;
    }

    private boolean isStrongerBesideEachForm(UserModel user) {
        FlowExecutions executions = new FlowExecutions(realm);
        List<String> subFlows = CurrentFlow.of(session, realm).flows().stream()
                .flatMap(flow -> executions.enabled(flow.getId()).stream())
                .filter(execution -> authenticator.equals(execution.getAuthenticator()))
                .map(AuthenticationExecutionModel::getParentFlow)
                .distinct()
                .toList();
        UserFactorRank factors = new UserFactorRank(session, user);
        AcceptedCredentialTypes accepted = new AcceptedCredentialTypes(session, realm);
        return !subFlows.isEmpty()
                && subFlows.stream()
                        .map(realm::getAuthenticationFlowById)
                        .filter(Objects::nonNull)
                        .map(accepted::of)
                        .allMatch(types -> factors.hasAbove(type, Set.copyOf(types)));
    }
}
