package io.github.backupcodes.support;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.events.Event;

/** Reads which credential an event of Keycloak is about. */
public final class CredentialEventDetails {

    private CredentialEventDetails() {}

    /**
     * The id of the credential. The required action that deletes credentials writes {@code credential_id}, the account REST writes {@code
     * selected_credential_id} (AccountCredentialResource).
     *
     * @return null if the event does not say
     */
    public static @Nullable String id(Event event) {
        Map<String, String> details = event.getDetails();
        if (details == null) {
            return null;
        }
        String id = details.get(Details.CREDENTIAL_ID);
        return id == null ? details.get(Details.SELECTED_CREDENTIAL_ID) : id;
    }
}
