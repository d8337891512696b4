/**
 * The domain of verification codes that are sent to a user, by mail or text message: what a code is derived from, how tries and
 * failures are counted, and how many messages may be sent. Nothing here depends on Keycloak or knows by which channel a code is
 * sent, which an ArchUnit test checks.
 */
@NullMarked
package io.github.backupcodes.challenge;

import org.jspecify.annotations.NullMarked;
