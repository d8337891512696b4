package io.github.backupcodes.notification;

import io.github.backupcodes.code.IpAddress;
import io.github.backupcodes.policy.PrintableText;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * What a request says of the moment in which something happened, or the background, where there is none.
 *
 * @param at       when
 * @param address  from which IP address; null when there was no request, or the server was told something else
 * @param client   the application; null when there was none
 * @param baseUri  where users reach this server; null when only a request can tell and there was none
 * @param language the language that the user's browser asked for; null when the request was not the user's
 */
record NotificationContext(
        Instant at,
        @Nullable String address,
        @Nullable String client,
        @Nullable URI baseUri,
        @Nullable Locale language) {

    /** In characters. */
    private static final int LONGEST_NAME = 60;

    /** In the background, where Keycloak cannot tell its own address, and up to 26.6 may not be asked for one. */
    static NotificationContext withoutRequest() {
        return new NotificationContext(Instant.now(), null, null, null, null);
    }

    /** In a request. */
    static NotificationContext of(KeycloakSession session, UserModel user) {
        KeycloakContext context = session.getContext();
        ClientModel client = context.getClient();
        return new NotificationContext(
                Instant.now(),
                IpAddress.literal(context.getConnection().getRemoteHost()).orElse(null),
                client == null ? null : name(client),
                context.getUri().getBaseUri(),
                context.getAuthenticationSession() == null ? null : context.resolveLocale(user));
    }

    /** The names of Keycloak's own clients are keys of other themes. */
    private static String name(ClientModel client) {
        String name = client.getName();
        boolean plain = name != null && !name.isBlank() && !name.startsWith("${") && !name.contains("://");
        return oneLine(plain ? name : client.getClientId());
    }

    /** Where clients register themselves, anybody chooses their names: none may write a letter of its own into a mail. */
    private static String oneLine(String name) {
        String line = PrintableText.of(name);
        return line.length() > LONGEST_NAME ? line.substring(0, LONGEST_NAME) + "…" : line;
    }
}
