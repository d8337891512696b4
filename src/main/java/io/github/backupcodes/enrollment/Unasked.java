package io.github.backupcodes.enrollment;

import io.github.backupcodes.credential.AskedAlone;
import io.github.backupcodes.policy.EnabledAction;
import io.github.backupcodes.signin.BrowserFlows;
import io.github.backupcodes.signin.OfferedFactor;
import io.github.backupcodes.signin.OfferedFactors;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Whether nobody will be asked for the codes that a user is about to make: who makes them has to know. */
final class Unasked {

    private final RequiredActionContext context;
    private final RealmModel realm;
    private final UserModel user;

    Unasked(RequiredActionContext context) {
        this.context = context;
        this.realm = context.getRealm();
        this.user = context.getUser();
    }

    /**
     * Whether no flow asks the user for a second factor, none of any kind asks for codes alone, as after a sign-in by an identity
     * provider or before a new password, and no factor is about to be set up.
     */
    boolean are() {
        return !new BrowserFlows(context.getSession(), realm).askForFactorOf(user)
                && !new AskedAlone(context.getSession(), realm).bySome()
                && !isOneToBeSetUp();
    }

    private boolean isOneToBeSetUp() {
        Set<String> actions = Stream.concat(
                        user.getRequiredActionsStream(),
                        context.getAuthenticationSession().getRequiredActions().stream())
                .collect(Collectors.toSet());
        return new OfferedFactors(context.getSession(), user)
                .all().stream()
                        .map(OfferedFactor::action)
                        .flatMap(action -> EnabledAction.alias(realm, action).stream())
                        .anyMatch(actions::contains);
    }
}
