package io.github.backupcodes.sms.gateway;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Tells public addresses of the Internet from those that only this server or its network reaches, by the registries of special-purpose
 * addresses of IANA (RFC 6890) and the addresses at which clouds serve metadata and credentials.
 */
final class PublicAddress {

    private static final List<Network> NOT_PUBLIC_V4 = List.of(
            Network.v4("0.0.0.0", 8),
            Network.v4("10.0.0.0", 8),
            Network.v4("100.64.0.0", 10),
            Network.v4("127.0.0.0", 8),
            // a public address at which Azure serves its virtual machines
            Network.v4("168.63.129.16", 32),
            Network.v4("169.254.0.0", 16),
            Network.v4("172.16.0.0", 12),
            Network.v4("192.0.0.0", 24),
            Network.v4("192.0.2.0", 24),
            Network.v4("192.88.99.0", 24),
            Network.v4("192.168.0.0", 16),
            Network.v4("198.18.0.0", 15),
            Network.v4("198.51.100.0", 24),
            Network.v4("203.0.113.0", 24),
            Network.v4("224.0.0.0", 3));

    /** The only block of global unicast addresses, RFC 4291. */
    private static final Network GLOBAL_V6 = new Network(HexFormat.of().parseHex("20"), 3);

    /** Protocol assignments, Teredo among them, and documentation. */
    private static final List<Network> NOT_PUBLIC_V6 = List.of(
            new Network(HexFormat.of().parseHex("20010000"), 23),
            new Network(HexFormat.of().parseHex("20010db8"), 32),
            new Network(HexFormat.of().parseHex("3fff00"), 20));

    private static final Network SIX_TO_FOUR = new Network(HexFormat.of().parseHex("2002"), 16);
    private static final Network NAT64 = new Network(HexFormat.of().parseHex("0064ff9b0000000000000000"), 96);

    /** The interface identifiers of ISATAP (RFC 5214), which end in an IPv4 address. */
    private static final List<byte[]> ISATAP =
            List.of(HexFormat.of().parseHex("00005efe"), HexFormat.of().parseHex("02005efe"));

    private PublicAddress() {}

    /** Whether an address is public. Of one that embeds an IPv4 address, that one must be public too. */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address
                ? isPublicV4(bytes)
                : address instanceof Inet6Address && isPublicV6(bytes);
    }

    private static boolean isPublicV4(byte[] address) {
        return NOT_PUBLIC_V4.stream().noneMatch(network -> network.has(address));
    }

    private static boolean isPublicV6(byte[] address) {
        if (NAT64.has(address)) {
            return isPublicV4(Arrays.copyOfRange(address, 12, 16));
        }
        if (SIX_TO_FOUR.has(address) && !isPublicV4(Arrays.copyOfRange(address, 2, 6))) {
            return false;
        }
        byte[] identifier = Arrays.copyOfRange(address, 8, 12);
        if (ISATAP.stream().anyMatch(prefix -> Arrays.equals(prefix, identifier))
                && !isPublicV4(Arrays.copyOfRange(address, 12, 16))) {
            return false;
        }
        return GLOBAL_V6.has(address) && NOT_PUBLIC_V6.stream().noneMatch(network -> network.has(address));
    }

    /** The addresses that begin with some bits. */
    private static final class Network {

        private final byte[] prefix;
        private final int bits;

        Network(byte[] prefix, int bits) {
            this.prefix = prefix.clone();
            this.bits = bits;
        }

        static Network v4(String address, int bits) {
            try {
                // a literal, for which no name service is asked
                return new Network(InetAddress.getByName(address).getAddress(), bits);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(e);
            }
        }

        boolean has(byte[] address) {
            int whole = bits / Byte.SIZE;
            int rest = bits % Byte.SIZE;
            if (!Arrays.equals(address, 0, whole, prefix, 0, whole)) {
                return false;
            }
            int mask = 0xFF << (Byte.SIZE - rest);
            return rest == 0 || (address[whole] & mask) == (prefix[whole] & mask);
        }
    }
}
