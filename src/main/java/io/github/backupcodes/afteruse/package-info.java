/** The page after a code was used: codes left, replacement of the lost second factor, new codes. */
@NullMarked
package io.github.backupcodes.afteruse;

import org.jspecify.annotations.NullMarked;
