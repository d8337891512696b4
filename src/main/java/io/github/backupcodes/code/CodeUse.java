package io.github.backupcodes.code;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Value object: when and from where a code was used.
 *
 * @param at      the moment
 * @param address the IP address of the client; null if what the server got, now or in an earlier version, is not an IP
 *     address
 */
public record CodeUse(Instant at, @Nullable String address) {

    /** Keeps only the part of the address that {@link IpAddress#literal} accepts. */
    public CodeUse {
        address = IpAddress.literal(address).orElse(null);
    }
}
