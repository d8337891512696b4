package io.github.backupcodes.enrollment;

import io.github.backupcodes.flow.BrowserFlows;
import io.github.backupcodes.flow.CodesWithoutSecondFactor;
import io.github.backupcodes.flow.SecondFactorOption;
import io.github.backupcodes.flow.SecondFactorOptions;
import io.github.backupcodes.support.RequiredActions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Checks whether no flow will ever request the codes that a user is about to generate, so that the page can warn the
 * user.
 */
final class NeverPromptedCheck {

    private final RequiredActionContext context;
    private final RealmModel realm;
    private final UserModel user;

    NeverPromptedCheck(RequiredActionContext context) {
        this.context = context;
        this.realm = context.getRealm();
        this.user = context.getUser();
    }

    /**
     * Whether no flow requests a second factor of the user, no flow of any kind requests codes alone (as after a
     * sign-in by an identity provider or before a new password), and no second factor is about to be set up.
     */
    boolean willNeverBePrompted() {
        return !new BrowserFlows(context.getSession(), realm).requestSecondFactorOf(user)
                && !new CodesWithoutSecondFactor(context.getSession(), realm).areRequestedByAny()
                && !willSetUpSecondFactor();
    }

    private boolean willSetUpSecondFactor() {
        Set<String> actions = Stream.concat(
                        user.getRequiredActionsStream(),
                        context.getAuthenticationSession().getRequiredActions().stream())
                .collect(Collectors.toSet());
        return new SecondFactorOptions(context.getSession(), user)
                .all().stream()
                        .map(SecondFactorOption::action)
                        .flatMap(action -> RequiredActions.alias(realm, action).stream())
                        .anyMatch(actions::contains);
    }
}
