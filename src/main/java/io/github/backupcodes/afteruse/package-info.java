/** The page after a code was used: codes that are left, the lost second factor, new codes. */
@NullMarked
package io.github.backupcodes.afteruse;

import org.jspecify.annotations.NullMarked;
