package io.github.backupcodes.support;

import java.util.Comparator;
import java.util.Optional;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

/**
 * A required action that a realm has enabled. Its alias is the id of its provider, unless somebody has registered it by hand, as
 * in the JSON of a realm: then it can be any.
 */
public final class RequiredActions {

    private RequiredActions() {}

    /**
     * Under which name a realm has an action, which is how sign-ins and users ask for it.
     *
     * @param realm      the realm
     * @param providerId the id of the action's provider
     * @return the alias; nothing where the action is not there or not enabled
     */
    public static Optional<String> alias(RealmModel realm, String providerId) {
        return registered(realm, providerId)
                .filter(RequiredActionProviderModel::isEnabled)
                .map(RequiredActionProviderModel::getAlias);
    }

    /**
     * Whether it is enabled with the id of its provider as alias. Only such an action can an application start, as the account
     * console by {@code kc_action}, and only such a one does Keycloak take away by itself once it is done.
     *
     * @param realm      the realm
     * @param providerId the id of the action's provider
     */
    public static boolean hasUsualAlias(RealmModel realm, String providerId) {
        return alias(realm, providerId).filter(providerId::equals).isPresent();
    }

    /**
     * The action as the realm has it: of several one that is enabled, and of these the one with the usual alias.
     *
     * @param realm      the realm
     * @param providerId the id of the action's provider
     */
    public static Optional<RequiredActionProviderModel> registered(RealmModel realm, String providerId) {
        return realm.getRequiredActionProvidersStream()
                .filter(action -> providerId.equals(action.getProviderId()))
                .min(Comparator.comparing((RequiredActionProviderModel action) -> !action.isEnabled())
                        .thenComparing(action -> !providerId.equals(action.getAlias())));
    }
}
