/** Whether a sign-in is strong and recent enough to be given backup codes. */
@NullMarked
package io.github.backupcodes.loginstrength;

import org.jspecify.annotations.NullMarked;
