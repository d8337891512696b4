/** The required action that sets up the first second factor of a user. */
@NullMarked
package io.github.backupcodes.loginverification;

import org.jspecify.annotations.NullMarked;
