package io.github.backupcodes.sms.sender;

import io.github.backupcodes.sms.gateway.Gateway;
import io.github.backupcodes.sms.gateway.GatewayDescription;
import io.github.backupcodes.sms.gateway.GatewayField;
import io.github.backupcodes.sms.gateway.GatewayHosts;
import io.github.backupcodes.sms.gateway.HostLookup;
import io.github.backupcodes.sms.gateway.InvalidGatewayException;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.apache.http.ssl.SSLContexts;
import org.keycloak.connections.httpclient.ProxyMappings;

/** Clients, senders and messages of the tests. */
final class TestGateways {

    static final SmsMessage MESSAGE =
            new SmsMessage("id-1", "+4915112345678", "123456 is your code", "", "en", SmsPurpose.SIGN_IN);

    static final HostLookup NAMES = InetAddress::getAllByName;

    private TestGateways() {}

    static GatewayHosts development() {
        return new GatewayHosts("", Set.of(), () -> true);
    }

    static HttpSmsClient client(GatewayHosts hosts, HostLookup names, String... proxies) {
        return client(hosts, names, SSLContexts.createDefault(), proxies);
    }

    static HttpSmsClient client(GatewayHosts hosts, HostLookup names, SSLContext tls, String... proxies) {
        ProxyMappings.clearCache();
        ProxyMappings mappings =
                proxies.length == 0 ? new ProxyMappings(List.of()) : ProxyMappings.valueOf(List.of(proxies));
        return new HttpSmsClient(hosts, names, mappings, tls);
    }

    /** A gateway that gets JSON. */
    static Gateway gateway(String url, Map<GatewayField, String> more) {
        Map<GatewayField, String> texts = new EnumMap<>(GatewayField.class);
        texts.put(GatewayField.URL, url);
        texts.put(GatewayField.BODY, "{\"to\": \"{to}\", \"text\": \"{text}\"}");
        texts.putAll(more);
        try {
            return new Gateway(new GatewayDescription(texts, false, true));
        } catch (InvalidGatewayException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static SmsSender sender(HttpSmsClient client, Gateway gateway) {
        return sender(client, gateway, entry -> Optional.of("secret of " + entry));
    }

    static SmsSender sender(HttpSmsClient client, Gateway gateway, Function<String, Optional<String>> vault) {
        return new HttpSmsSender("demo", gateway, vault, client);
    }
}
