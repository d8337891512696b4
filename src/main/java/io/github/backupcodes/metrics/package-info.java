/** Counters on Keycloak's metrics endpoint. None ever says which user. */
@NullMarked
package io.github.backupcodes.metrics;

import org.jspecify.annotations.NullMarked;
