package io.github.backupcodes.sms.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayHostsTest {

    private static final Set<Integer> OWN_PORTS = Set.of(8443, 9000);

    private static GatewayHosts production(String allowed) {
        return new GatewayHosts(allowed, OWN_PORTS, () -> false);
    }

    private static InetAddress[] addresses(String... literals) throws Exception {
        InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.getByName(literals[i]);
        }
        return addresses;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "100.100.100.200",
                "169.254.169.254",
                "168.63.129.16",
                "192.0.0.192",
                "192.0.2.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2002:a00:1::1",
                "2001:0:a00:1::1",
                "2001:db8::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2600::5efe:10.0.0.1",
                "3fff::1",
                "100::1"
            })
    void an_address_that_is_not_public_is_refused(String literal) throws Exception {
        assertThat(PublicAddress.isPublic(InetAddress.getByName(literal))).isFalse();
        GatewayHosts hosts = production("");
        assertThatThrownBy(
                        () -> hosts.check(URI.create("https://gateway.example/"), addresses("93.184.216.34", literal)))
                .as("one of several")
                .isInstanceOf(RefusedHostException.class);
        String host = literal.contains(":") ? "[" + literal + "]" : literal;
        assertThatThrownBy(() -> hosts.check(URI.create("https://" + host + "/"), false))
                .as("the literal")
                .isInstanceOf(RefusedHostException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "93.184.216.34",
                "172.32.0.1",
                "100.128.0.1",
                "192.0.1.1",
                "2606:2800:220:1::1",
                "64:ff9b::5db8:d822",
                "2002:5db8:d822::1"
            })
    void a_public_address_is_allowed(String literal) throws Exception {
        assertThat(PublicAddress.isPublic(InetAddress.getByName(literal))).isTrue();
        assertThatCode(() -> production("").check(URI.create("https://gateway.example/"), addresses(literal)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "0x7f000001",
                "127.1",
                "127.0.1",
                "017700000001",
                "127.0.0.01",
                "1.2.3.4.5",
                "256.1.1.1",
                "host.0x1",
                "127.1."
            })
    void a_number_in_another_writing_is_refused(String host) {
        assertThatThrownBy(() -> production("").check(URI.create("https://" + host + "/"), false))
                .isInstanceOf(RefusedHostException.class);
    }

    @Test
    void loopback_is_for_development_and_never_a_port_of_the_server() throws Exception {
        GatewayHosts development = new GatewayHosts("", OWN_PORTS, () -> true);
        InetAddress[] loopback = addresses("127.0.0.1");
        assertThatCode(() -> development.check(URI.create("http://localhost:5000/"), loopback))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> development.check(URI.create("http://localhost:9000/"), loopback))
                .hasMessageContaining("port");
        assertThatThrownBy(() -> development.check(URI.create("https://[::1]:8443/"), addresses("::1")))
                .hasMessageContaining("port");
        assertThatThrownBy(() -> development.check(URI.create("https://db.internal/"), addresses("10.0.0.1")))
                .isInstanceOf(RefusedHostException.class);
        assertThatThrownBy(() -> production("").check(URI.create("http://localhost:5000/"), loopback))
                .isInstanceOf(RefusedHostException.class);
    }

    @Test
    void the_option_allows_its_hosts_and_no_others() throws Exception {
        GatewayHosts hosts = production("SMS.internal:8444, 127.0.0.1, [::1]:13013");
        assertThatCode(() -> hosts.check(URI.create("https://sms.internal:8444/"), false))
                .doesNotThrowAnyException();
        assertThatCode(() -> hosts.check(URI.create("https://sms.internal:8444/"), addresses("10.0.0.1")))
                .doesNotThrowAnyException();
        assertThatCode(() -> hosts.check(URI.create("http://127.0.0.1:5000/"), false))
                .doesNotThrowAnyException();
        assertThatCode(() -> hosts.check(URI.create("http://[::1]:13013/"), false))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> hosts.check(URI.create("https://sms.internal/"), false))
                .hasMessageContaining("allowed-hosts");
        assertThatThrownBy(() -> hosts.check(URI.create("https://gateway.example/"), false))
                .hasMessageContaining("allowed-hosts");
        assertThatThrownBy(() -> hosts.check(URI.create("http://127.0.0.1:9000/"), false))
                .as("a port of the server that is not named")
                .hasMessageContaining("port");
        assertThatCode(() -> production("127.0.0.1:9000").check(URI.create("http://127.0.0.1:9000/"), false))
                .doesNotThrowAnyException();
    }

    @Test
    void a_proxy_needs_the_option() {
        assertThatThrownBy(() -> production("").check(URI.create("https://gateway.example/"), true))
                .hasMessageContaining("proxy");
        assertThatCode(() -> production("gateway.example").check(URI.create("https://gateway.example/"), true))
                .doesNotThrowAnyException();
    }

    @Test
    void localhost_must_be_loopback() {
        assertThatThrownBy(() -> production("localhost").checkAddresses("localhost", addresses("93.184.216.34")))
                .hasMessageContaining("loopback");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a", "a/b", "a:b", "a,,b", "*"})
    void an_invalid_option_is_refused(String option) {
        assertThatThrownBy(() -> production(option)).isInstanceOf(IllegalArgumentException.class);
    }
}
