package io.github.backupcodes.sms.sender;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderFactory;

/** Creates {@link SmsSender}s. Its id is the value of the setting {@code sender}. */
public interface SmsSenderFactory extends ProviderFactory<SmsSender> {

    /**
     * Why this sender cannot send for a realm, for example because a setting is missing. It is asked in requests, so it contacts no
     * gateway and no name service.
     *
     * @param session a session whose realm is the realm
     * @param realm   the realm
     * @return a sentence for the log, without secrets; empty if nothing is known to be wrong
     */
    default Optional<String> problem(KeycloakSession session, RealmModel realm) {
        return Optional.empty();
    }
}
