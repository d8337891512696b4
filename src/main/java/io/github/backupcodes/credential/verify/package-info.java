/** Verifies an entered code against everything that a user has, and uses it up. */
@NullMarked
package io.github.backupcodes.credential.verify;

import org.jspecify.annotations.NullMarked;
