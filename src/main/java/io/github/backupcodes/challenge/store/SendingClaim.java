package io.github.backupcodes.challenge.store;

import io.github.backupcodes.challenge.SendingLimit;

/**
 * Value object: a limit that a message counts for.
 *
 * @param limit   the limit
 * @param subject whom it is for, hashed if it is personal data
 */
public record SendingClaim(SendingLimit limit, String subject) {}
