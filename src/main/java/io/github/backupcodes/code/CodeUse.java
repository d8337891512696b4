package io.github.backupcodes.code;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When and from where a code was used.
 *
 * @param at      the moment
 * @param address the IP address of the client; null when what the server was told, now or by an earlier version, is none
 */
public record CodeUse(Instant at, @Nullable String address) {

    /** Keeps of the address what {@link IpAddress#literal} finds in it. */
    public CodeUse {
        address = IpAddress.literal(address).orElse(null);
    }
}
