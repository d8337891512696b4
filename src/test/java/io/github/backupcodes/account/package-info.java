/** Backup codes in Keycloak's account console. */
@NullMarked
package io.github.backupcodes.account;

import org.jspecify.annotations.NullMarked;
