package io.github.backupcodes.code;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses IP addresses. Behind a proxy that appends to {@code X-Forwarded-For} the "address" of a client is any text
 * that the client sends: only real addresses may be stored or shown to users.
 */
public final class IpAddress {

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    /**
     * The characters of an IPv6 address and its maximum length; {@link URI} checks the syntax and never resolves names.
     */
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private static final int V6_NETWORK_BYTES = 8;

    private IpAddress() {}

    /**
     * The address in a text, as it is written there, without brackets and without the zone, which is a name that the
     * client chooses. Never asks a name service.
     *
     * @param text the address as the server has it; may be any text
     * @return an IPv4 or IPv6 literal; empty if the text is not an address
     */
    public static Optional<String> literal(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        if (V4.matcher(text).matches()) {
            return Optional.of(text);
        }
        String unbracketed = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        int zone = unbracketed.indexOf('%');
        String address = zone < 0 ? unbracketed : unbracketed.substring(0, zone);
        return isV6(address) ? Optional.of(address) : Optional.empty();
    }

    /**
     * The network that an address belongs to, to count requests by: an IPv4 address itself, or the first 64 bits of an IPv6 address,
     * of which one subscriber has all the rest.
     *
     * @param text the address as the server has it; may be any text
     * @return empty if the text is not an address
     */
    public static Optional<String> network(@Nullable String text) {
        return literal(text).map(IpAddress::networkOfLiteral);
    }

    private static String networkOfLiteral(String literal) {
        try {
            // of a literal no name service is asked
            byte[] bytes = InetAddress.getByName(literal).getAddress();
            return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, V6_NETWORK_BYTES));
        } catch (UnknownHostException e) {
            return literal;
        }
    }

    private static boolean isV6(String address) {
        if (!V6.matcher(address).matches()) {
            return false;
        }
        try {
            return new URI("http://[" + address + "]/").getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
