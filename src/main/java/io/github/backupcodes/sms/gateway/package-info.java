/**
 * The domain of gateways that send text messages over HTTP: templates of requests, the escapes of values in them, what an answer means,
 * and which addresses may be connected to. Nothing here depends on Keycloak, which an ArchUnit test checks.
 */
@NullMarked
package io.github.backupcodes.sms.gateway;

import org.jspecify.annotations.NullMarked;
