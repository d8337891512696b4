package io.github.backupcodes.sms.gateway;

import io.github.backupcodes.code.IpAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Decides to which hosts messages may be sent. The administrator of a realm chooses the URL of a gateway, and must not reach by it what
 * only this server reaches: its own ports, its network, the metadata of a cloud. What the operator of the server has named is allowed.
 *
 * <p>Names are checked by the addresses that they have, however they are written; a host that looks like a number in another writing than
 * the usual one is refused before, because libraries disagree on what it means.
 */
public final class GatewayHosts {

    private static final Pattern ALLOWED = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::([1-9]\\d{0,4}))?");

    /** A last label by which the URL standard of WHATWG (host parsing, “ends in a number”) takes a host for an IPv4 address. */
    private static final Pattern NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9A-Fa-f]*)");

    private static final String LOCALHOST = "localhost";
    private static final int ANY_PORT = -1;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final List<Allowed> allowed;
    private final Set<Integer> ownPorts;
    private final BooleanSupplier isDevelopment;

    private record Allowed(String host, int port) {}

    /**
     * Reads the server option.
     *
     * @param option        {@code host[:port],…}; blank for all public hosts. A host without port is allowed with all ports but those
     *                      of this server
     * @param ownPorts      the ports of this server
     * @param isDevelopment whether the server runs in development mode, where loopback is allowed
     * @throws IllegalArgumentException if the option is invalid
     */
    public GatewayHosts(String option, Set<Integer> ownPorts, BooleanSupplier isDevelopment) {
        List<Allowed> hosts = new ArrayList<>();
        for (String entry : option.isBlank() ? new String[0] : option.split(",", -1)) {
            Matcher host = ALLOWED.matcher(entry.strip());
            if (!host.matches()) {
                throw new IllegalArgumentException(
                        "allowed-hosts must be a list of host or host:port, separated by commas");
            }
            hosts.add(new Allowed(
                    bare(host.group(1)), host.group(2) == null ? ANY_PORT : Integer.parseInt(host.group(2))));
        }
        this.allowed = List.copyOf(hosts);
        this.ownPorts = Set.copyOf(ownPorts);
        this.isDevelopment = isDevelopment;
    }

    /** Whether a host is loopback by its name alone: {@code localhost} or a literal. */
    static boolean isLoopback(String host) {
        String bare = bare(host);
        return LOCALHOST.equals(bare)
                || IpAddress.literal(bare)
                        .filter(literal -> literal.startsWith("127.") || "::1".equals(literal))
                        .isPresent();
    }

    /** The host as it is compared and looked up: in lower case, without brackets and without the dot of the root. */
    private static String bare(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        String unbracketed = lower.startsWith("[") ? lower.substring(1, lower.length() - 1) : lower;
        return unbracketed.endsWith(".") ? unbracketed.substring(0, unbracketed.length() - 1) : unbracketed;
    }

    private static String host(URI origin) throws RefusedHostException {
        String host = origin.getHost();
        if (host == null) {
            throw new RefusedHostException("the URL has no valid host");
        }
        return bare(host);
    }

    private static int port(URI origin) {
        if (origin.getPort() != ANY_PORT) {
            return origin.getPort();
        }
        return "http".equalsIgnoreCase(origin.getScheme()) ? HTTP_PORT : HTTPS_PORT;
    }

    /**
     * Checks what can be known without the name service.
     *
     * @param origin   the URL of a valid gateway
     * @param isProxied whether a proxy looks the name up: then no address can be checked, and the operator must have named the host
     * @throws RefusedHostException if it must not be connected to; the message is for the log
     */
    public void check(URI origin, boolean isProxied) throws RefusedHostException {
        String host = host(origin);
        if (NUMBER.matcher(host).matches() && IpAddress.literal(host).isEmpty()) {
            throw new RefusedHostException("the host is a number in an unusual writing");
        }
        if ((!allowed.isEmpty() || isProxied) && !isNamed(host, port(origin))) {
            throw new RefusedHostException("the host is not named by the server option allowed-hosts"
                    + (isProxied ? ", which is necessary with a proxy" : ""));
        }
        if (IpAddress.literal(host).isPresent()) {
            try {
                check(origin, literal(host));
            } catch (RefusedHostException e) {
                throw e;
            } catch (UnknownHostException e) {
                throw new RefusedHostException("the host is an invalid address");
            }
        }
    }

    private static InetAddress[] literal(String host) throws UnknownHostException {
        return new InetAddress[] {InetAddress.getByName(host)};
    }

    /**
     * Checks all addresses of a host, the one that will be connected to among them.
     *
     * @throws RefusedHostException if one of them must not be connected to
     */
    public void check(URI origin, InetAddress[] addresses) throws RefusedHostException {
        String host = host(origin);
        checkAddresses(host, addresses);
        boolean isNamedWithPort =
                allowed.stream().anyMatch(entry -> entry.host().equals(host) && entry.port() == port(origin));
        if (ownPorts.contains(port(origin))
                && !isNamedWithPort
                && Stream.of(addresses).anyMatch(GatewayHosts::isOfThisMachine)) {
            throw new RefusedHostException("the port belongs to this server");
        }
    }

    /**
     * Checks all addresses of a host again at the time of connecting, because a name service can give another answer.
     *
     * @param name the host as the client has it
     * @throws RefusedHostException if one of them must not be connected to
     */
    public void checkAddresses(String name, InetAddress[] addresses) throws RefusedHostException {
        String host = bare(name);
        boolean mustBeLoopback = isLoopback(host);
        boolean isNamed = allowed.stream().anyMatch(entry -> entry.host().equals(host));
        for (InetAddress address : addresses) {
            boolean isLoopback = address.isLoopbackAddress();
            if (mustBeLoopback && !isLoopback) {
                throw new RefusedHostException("the address is not loopback, as its name says");
            }
            if (!isNamed && !(isLoopback && isDevelopment.getAsBoolean()) && !PublicAddress.isPublic(address)) {
                throw new RefusedHostException(
                        "the address is not public, and the server option allowed-hosts does not name the host");
            }
        }
    }

    private boolean isNamed(String host, int port) {
        return allowed.stream()
                .anyMatch(entry -> entry.host().equals(host) && (entry.port() == ANY_PORT || entry.port() == port));
    }

    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }
}
