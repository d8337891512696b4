package io.github.backupcodes.notification;

import io.github.backupcodes.code.IpAddress;
import io.github.backupcodes.support.ConfiguredBaseUri;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Value object: when and where something happened, from the request if there is one.
 *
 * @param at       when
 * @param address  from which IP address; null if there was no request, or if the server got no valid address
 * @param client   the id of the client; null if there was none
 * @param baseUri  the URL of this server for users; null if there was no request to derive it from, or if the request chose its host
 * @param language the language that the user's browser requested; null if the request was not the user's
 */
public record NotificationContext(
        Instant at,
        @Nullable String address,
        @Nullable String client,
        @Nullable URI baseUri,
        @Nullable Locale language) {

    /** For background tasks, in which Keycloak does not know its own URL, and up to 26.6 must not be asked for it. */
    static NotificationContext withoutRequest() {
        return new NotificationContext(Instant.now(), null, null, null, null);
    }

    /** For a request. */
    public static NotificationContext of(KeycloakSession session, UserModel user) {
        KeycloakContext context = session.getContext();
        ClientModel client = context.getClient();
        return new NotificationContext(
                Instant.now(),
                IpAddress.literal(context.getConnection().getRemoteHost()).orElse(null),
                client == null ? null : client.getClientId(),
                ConfiguredBaseUri.of(context).orElse(null),
                context.getAuthenticationSession() == null ? null : context.resolveLocale(user));
    }
}
