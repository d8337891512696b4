/** Data of other versions, and the way from one version to another and back. */
@NullMarked
package io.github.backupcodes.upgrade;

import org.jspecify.annotations.NullMarked;
