/**
 * The domain: backup codes, how they look, how they are made, hashed and used up. Nothing here knows Keycloak
 * (an ArchUnit test holds that).
 */
@NullMarked
package io.github.backupcodes.code;

import org.jspecify.annotations.NullMarked;
