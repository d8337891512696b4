/**
 * The domain: backup codes, their format, and how they are generated, hashed and used up. Nothing here depends on
 * Keycloak, which an ArchUnit test checks.
 */
@NullMarked
package io.github.backupcodes.code;

import org.jspecify.annotations.NullMarked;
