package io.github.backupcodes.code;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads IP addresses. Behind a proxy that appends to {@code X-Forwarded-For} the "address" of a client is whatever text the
 * client sends: only what is an address may be kept, or shown to a user.
 */
public final class IpAddress {

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    /** What may stand in one, in its longest form; whether it is one is for {@link URI} to say, which looks no name up. */
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private IpAddress() {}

    /**
     * The address in a text, as it is written there, without brackets and without the zone, which is a name that the client
     * chooses. Never asks a name service.
     *
     * @param text as the server has it; may be anything
     * @return an IPv4 or IPv6 literal; nothing when the text is none
     */
    public static Optional<String> literal(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        if (V4.matcher(text).matches()) {
            return Optional.of(text);
        }
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        int zone = bare.indexOf('%');
        String address = zone < 0 ? bare : bare.substring(0, zone);
        return isV6(address) ? Optional.of(address) : Optional.empty();
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
