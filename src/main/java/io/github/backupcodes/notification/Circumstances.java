package io.github.backupcodes.notification;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * What a request says of the moment in which something happened.
 *
 * @param at       when
 * @param address  from which IP address; null when there was no request
 * @param client   the application; null when there was none
 * @param baseUri  where users reach this server; null when only a request can tell and there was none
 * @param language the language that the user's browser asked for; null when the request was not the user's
 */
record Circumstances(
        Instant at,
        @Nullable String address,
        @Nullable String client,
        @Nullable URI baseUri,
        @Nullable Locale language) {

    static Circumstances of(KeycloakSession session, UserModel user) {
        KeycloakContext context = session.getContext();
        ClientModel client = context.getClient();
        // none in the background, where Keycloak cannot tell its own address either
        String address = context.getConnection().getRemoteHost();
        return new Circumstances(
                Instant.now(),
                address,
                client == null ? null : name(client),
                address == null ? null : context.getUri().getBaseUri(),
                context.getAuthenticationSession() == null ? null : context.resolveLocale(user));
    }

    /** The names of Keycloak's own clients are keys of other themes. */
    private static String name(ClientModel client) {
        String name = client.getName();
        return name == null || name.isBlank() || name.startsWith("${") ? client.getClientId() : name;
    }
}
