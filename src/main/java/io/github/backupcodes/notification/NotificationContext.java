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
 * Value object: when and where something happened, from the request if there is one.
 *
 * @param at       when
 * @param address  from which IP address; null if there was no request, or if the server got no valid address
 * @param client   the application; null if there was none
 * @param baseUri  the URL of this server for users; null if there was no request to derive it from
 * @param language the language that the user's browser requested; null if the request was not the user's
 */
record NotificationContext(
        Instant at,
        @Nullable String address,
        @Nullable String client,
        @Nullable URI baseUri,
        @Nullable Locale language) {

    /** In characters. */
    private static final int MAX_NAME_LENGTH = 60;

    /** For background tasks, in which Keycloak does not know its own URL, and up to 26.6 must not be asked for it. */
    static NotificationContext withoutRequest() {
        return new NotificationContext(Instant.now(), null, null, null, null);
    }

    /** For a request. */
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

    /** The client's name; its id if the name is a message key, as in Keycloak's own clients, or contains a URL. */
    private static String name(ClientModel client) {
        String name = client.getName();
        boolean plain = name != null && !name.isBlank() && !name.startsWith("${") && !name.contains("://");
        return oneLine(plain ? name : client.getClientId());
    }

    /**
     * If clients can register themselves, anyone can choose their names: a name must not add lines of its own to a
     * mail.
     */
    private static String oneLine(String name) {
        String line = PrintableText.of(name);
        return line.length() > MAX_NAME_LENGTH ? line.substring(0, MAX_NAME_LENGTH) + "…" : line;
    }
}
