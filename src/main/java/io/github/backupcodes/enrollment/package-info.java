/** Getting a set of backup codes. */
@NullMarked
package io.github.backupcodes.enrollment;

import org.jspecify.annotations.NullMarked;
