package io.github.backupcodes.support;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.common.util.Environment;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.RealmModel;

/**
 * The URL of this server for links in mails.
 *
 * <p>If no host is configured, Keycloak takes it from the request. A thief who signs in with a stolen password and a forged {@code Host} or
 * {@code X-Forwarded-Host} would send the user a link to a host of the thief, in a genuine mail.
 */
public final class ConfiguredBaseUri {

    /** The realm's own URL, see {@code HostnameV2Provider}. */
    private static final String FRONTEND_URL = "frontendUrl";

    private ConfiguredBaseUri() {}

    /** The URL that Keycloak found for the request; empty if its host was not configured. In development mode any host is. */
    public static Optional<URI> of(KeycloakContext context) {
        URI found = context.getUri().getBaseUri();
        return Environment.isDevMode() || isConfigured(found.getHost(), context.getRealm())
                ? Optional.of(found)
                : Optional.empty();
    }

    private static boolean isConfigured(@Nullable String host, RealmModel realm) {
        String server = Config.scope("hostname", "v2").get("hostname");
        return host != null
                && Stream.of(Optional.ofNullable(realm.getAttribute(FRONTEND_URL)), Optional.ofNullable(server))
                        .flatMap(Optional::stream)
                        .anyMatch(configured -> host.equals(configured) || host.equals(host(configured)));
    }

    private static @Nullable String host(String url) {
        try {
            return new URI(url).getHost();
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
