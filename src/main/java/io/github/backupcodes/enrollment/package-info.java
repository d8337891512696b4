/** New backup codes: the required action that generates, shows and saves a set, and the prompt to do so. */
@NullMarked
package io.github.backupcodes.enrollment;

import org.jspecify.annotations.NullMarked;
