package io.github.backupcodes.support;

import java.util.Comparator;
import java.util.Optional;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

/**
 * Looks up required actions that a realm has enabled. The alias of an action is the id of its provider, unless it was
 * registered by hand, for example in the JSON of a realm: then it can be any.
 */
public final class RequiredActions {

    private RequiredActions() {}

    /**
     * The alias of an action in a realm, by which sign-ins and users request it.
     *
     * @param realm      the realm
     * @param providerId the id of the action's provider
     * @return the alias; empty if the action is missing or disabled
     */
    public static Optional<String> alias(RealmModel realm, String providerId) {
        return registered(realm, providerId)
                .filter(RequiredActionProviderModel::isEnabled)
                .map(RequiredActionProviderModel::getAlias);
    }

    /**
     * Whether the action is enabled and its alias is the id of its provider. Applications can start only such an
     * action, as the account console does by {@code kc_action}, and Keycloak removes only such an action by itself once
     * it is done.
     *
     * @param realm      the realm
     * @param providerId the id of the action's provider
     */
    public static boolean hasUsualAlias(RealmModel realm, String providerId) {
        return alias(realm, providerId).filter(providerId::equals).isPresent();
    }

    /**
     * The registered action; if there are several, preferably one that is enabled, and of these the one with the usual
     * alias.
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
