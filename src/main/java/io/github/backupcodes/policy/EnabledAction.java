package io.github.backupcodes.policy;

import java.util.Optional;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.utils.RequiredActionHelper;

/** A required action that a realm has enabled. */
public final class EnabledAction {

    private EnabledAction() {}

    /**
     * Under which name a realm has an action, which is how sign-ins and users ask for it.
     *
     * @param realm      the realm
     * @param providerId the id of the action's provider
     * @return the alias; nothing where the action is not there or not enabled
     */
    public static Optional<String> alias(RealmModel realm, String providerId) {
        return Optional.ofNullable(RequiredActionHelper.getRequiredActionByProviderId(realm, providerId))
                .filter(RequiredActionProviderModel::isEnabled)
                .map(RequiredActionProviderModel::getAlias);
    }
}
