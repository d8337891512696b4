package io.github.backupcodes.sms.sender;

import io.github.backupcodes.policy.HttpSmsSettings;
import io.github.backupcodes.policy.SmsCodePolicy;
import io.github.backupcodes.sms.gateway.Gateway;
import io.github.backupcodes.sms.gateway.GatewayDescription;
import io.github.backupcodes.sms.gateway.GatewayField;
import io.github.backupcodes.sms.gateway.GatewayHosts;
import io.github.backupcodes.sms.gateway.InvalidGatewayException;
import io.github.backupcodes.sms.gateway.RefusedHostException;
import io.github.backupcodes.support.RealmVault;
import io.github.backupcodes.support.RequiredActions;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.http.ssl.SSLContexts;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.common.util.Environment;
import org.keycloak.connections.httpclient.ProxyMappings;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.truststore.TruststoreProvider;

/**
 * Creates {@link HttpSmsSender}s, which share one client. The gateway is described by the settings of the realm, or for all realms by
 * server options, which take their place as a whole.
 */
public final class HttpSmsSenderFactory implements SmsSenderFactory {

    private static final Logger LOG = Logger.getLogger(HttpSmsSenderFactory.class);

    /** The ports of a server by default: HTTP, HTTPS, management and cluster. */
    private static final Set<Integer> DEFAULT_PORTS = Set.of(8080, 8443, 9000, 7800, 57800);

    private static final Set<String> PORT_OPTIONS = Set.of("kc.http-port", "kc.https-port", "kc.http-management-port");

    /** For so long an entry of the vault that was there is taken to be there, in requests. Sending reads it each time. */
    private static final Duration SEEN = Duration.ofSeconds(10);

    /** Bounds the memory for realms and vault entries. */
    private static final int MOST = 10_000;

    private final Map<String, Parsed> parsed = new ConcurrentHashMap<>();
    private final Map<String, Long> seen = new ConcurrentHashMap<>();

    private @Nullable GatewayDescription ofServer;
    private @Nullable GatewayHosts hosts;
    private @Nullable HttpSmsClient client;

    /**
     * A description that was read.
     *
     * @param gateway null if it is invalid
     * @param problem why it is invalid; empty otherwise
     */
    private record Parsed(
            GatewayDescription description, @Nullable Gateway gateway, String problem) {}

    @Override
    public void init(Config.Scope config) {
        ofServer = ofServer(config);
        hosts = new GatewayHosts(
                Objects.requireNonNullElse(config.get("allowed-hosts"), ""), ownPorts(), Environment::isDevMode);
    }

    private static @Nullable GatewayDescription ofServer(Config.Scope config) {
        Map<GatewayField, String> texts = new EnumMap<>(GatewayField.class);
        for (GatewayField field : GatewayField.values()) {
            String text = config.get(field.option());
            if (text != null && field != GatewayField.ALLOW_GET) {
                texts.put(field, text);
            }
        }
        return texts.containsKey(GatewayField.URL)
                ? new GatewayDescription(texts, config.getBoolean(GatewayField.ALLOW_GET.option(), false), false)
                : null;
    }

    private static Set<Integer> ownPorts() {
        Set<Integer> ports = new HashSet<>(DEFAULT_PORTS);
        for (String option : PORT_OPTIONS) {
            ConfigProvider.getConfig().getOptionalValue(option, Integer.class).ifPresent(ports::add);
        }
        return ports;
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public SmsSender create(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        Parsed own = parse(realm);
        if (own.gateway() == null) {
            return (message, deadline) -> {
                LOG.errorf("Realm %s cannot send text messages. %s", realm.getName(), own.problem());
                return new SmsOutcome.Refused(SmsOutcome.Reason.NOT_ALLOWED);
            };
        }
        return new HttpSmsSender(realm.getName(), own.gateway(), entry -> secret(session, entry), client(session));
    }

    private static Optional<String> secret(KeycloakSession session, String entry) {
        return RealmVault.read(session, entry, content -> Optional.of(new String(content, StandardCharsets.UTF_8))
                .filter(text -> !text.isEmpty()));
    }

    /** The settings are parsed again only if they have changed. */
    private Parsed parse(RealmModel realm) {
        GatewayDescription description = ofServer != null
                ? ofServer
                : HttpSmsSettings.description(RequiredActions.registered(realm, SmsCodePolicy.REQUIRED_ACTION)
                        .map(RequiredActionProviderModel::getConfig)
                        .orElseGet(Map::of));
        Parsed known = parsed.get(realm.getId());
        if (known != null && known.description().equals(description)) {
            return known;
        }
        Parsed own = parse(description);
        if (parsed.size() >= MOST) {
            parsed.clear();
        }
        parsed.put(realm.getId(), own);
        return own;
    }

    private static Parsed parse(GatewayDescription description) {
        try {
            return new Parsed(description, new Gateway(description), "");
        } catch (InvalidGatewayException e) {
            String name = description.isFromRealm()
                    ? "The setting `http-" + e.field().option() + "` of the required action "
                            + SmsCodePolicy.REQUIRED_ACTION
                    : "The server option spi-" + SmsSenderSpi.NAME + "--http--"
                            + e.field().option();
            return new Parsed(description, null, name + ' ' + e.fault().description() + '.');
        }
    }

    @Override
    public Optional<String> problem(KeycloakSession session, RealmModel realm) {
        Parsed own = parse(realm);
        if (own.gateway() == null) {
            return Optional.of(own.problem());
        }
        try {
            client(session).checkName(own.gateway().origin());
        } catch (RefusedHostException e) {
            return Optional.of("The gateway is refused: " + e.getMessage() + '.');
        }
        return own.gateway().vaultEntries().stream()
                .filter(entry -> !isInVault(session, realm, entry))
                .findFirst()
                .map(entry -> "The vault has no entry " + entry + ", which the gateway needs.");
    }

    /** A vault may have to open a key store, so an entry that was there is looked up again only after some seconds. */
    private boolean isInVault(KeycloakSession session, RealmModel realm, String entry) {
        String key = realm.getId() + ' ' + entry;
        long now = System.nanoTime();
        Long at = seen.get(key);
        if (at != null && now - at < SEEN.toNanos()) {
            return true;
        }
        if (secret(session, entry).isEmpty()) {
            seen.remove(key);
            return false;
        }
        if (seen.size() >= MOST) {
            seen.clear();
        }
        seen.put(key, now);
        return true;
    }

    /** Created at first use, because the truststore is read with a session. */
    private synchronized HttpSmsClient client(KeycloakSession session) {
        if (client == null) {
            TruststoreProvider truststore = session.getProvider(TruststoreProvider.class);
            client = new HttpSmsClient(
                    Objects.requireNonNull(hosts),
                    InetAddress::getAllByName,
                    proxies(),
                    tls(truststore == null ? null : truststore.getTruststore()));
        }
        return client;
    }

    private static SSLContext tls(@Nullable KeyStore truststore) {
        try {
            return truststore == null
                    ? SSLContexts.createDefault()
                    : SSLContexts.custom().loadTrustMaterial(truststore, null).build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the truststore of the server cannot be used", e);
        }
    }

    /** As Keycloak's own client finds them. */
    private static ProxyMappings proxies() {
        String[] mappings = Config.scope("connectionsHttpClient", "default").getArray("proxy-mappings");
        if (mappings != null && mappings.length > 0) {
            return ProxyMappings.valueOf(mappings);
        }
        ProxyMappings ofEnvironment = ProxyMappings.withFixedProxyMapping(
                environment("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"),
                environment("no_proxy", "NO_PROXY"));
        // Keycloak returns null instead of empty mappings
        return Objects.requireNonNullElseGet(ofEnvironment, () -> new ProxyMappings(List.of()));
    }

    private static @Nullable String environment(String... names) {
        return Stream.of(names)
                .map(System::getenv)
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .orElse(null);
    }

    @Override
    public String getId() {
        return "http";
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            try {
                client.close();
            } catch (IOException e) {
                LOG.debug("The client of gateways was not closed", e);
            }
        }
    }
}
