/** What the integration tests and the demo stand on: a real Keycloak, its admin REST, a browser, a sign-in over HTTP. */
@NullMarked
package io.github.backupcodes.support;

import org.jspecify.annotations.NullMarked;
