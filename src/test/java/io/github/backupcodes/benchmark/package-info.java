/** What the extension costs, measured side by side with Keycloak without it and with its own recovery codes. */
@NullMarked
package io.github.backupcodes.benchmark;

import org.jspecify.annotations.NullMarked;
