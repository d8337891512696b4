package io.github.backupcodes.code;

import java.time.Instant;

/**
 * When and from where a code was used.
 *
 * @param at      the moment
 * @param address the IP address of the client, as the server saw it
 */
public record CodeUse(Instant at, String address) {}
