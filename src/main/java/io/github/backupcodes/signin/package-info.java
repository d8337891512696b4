/** Signing in with a backup code. */
@NullMarked
package io.github.backupcodes.signin;

import org.jspecify.annotations.NullMarked;
