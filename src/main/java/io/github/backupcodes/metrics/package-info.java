/** Counters and timers on Keycloak's metrics endpoint. None identifies a user. */
@NullMarked
package io.github.backupcodes.metrics;

import org.jspecify.annotations.NullMarked;
