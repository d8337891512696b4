/** The credential type for Keycloak, and the one service that other packages call for the backup codes of a user. */
@NullMarked
package io.github.backupcodes.credential;

import org.jspecify.annotations.NullMarked;
