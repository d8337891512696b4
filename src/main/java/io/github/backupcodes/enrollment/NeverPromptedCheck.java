package io.github.backupcodes.enrollment;

import io.github.backupcodes.flow.CodeRequestCheck;
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
     * Whether no flow will request the codes, see {@link CodeRequestCheck}, and no second factor is about to be set up that would
     * change that.
     */
    boolean willNeverBePrompted() {
        return !new CodeRequestCheck(context.getSession(), realm).isAnyRequestedOf(user) && !willSetUpSecondFactor();
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
